"""What is told of the generation in use: to whoever answers readers, to `/health/ready`, in the folder."""

import pytest

from pages.models.site_version import SiteVersion
from pages.page_cache.generation_switch import read_version
from pages.page_cache.generation_watcher import MAX_AGE, POLL_SECONDS, SILENCE
from pages.page_cache.safety_net import BUILT
from tests.pages.page_cache.generations import Process


def test_state_tells_the_age_and_whether_somebody_watches(start, world, tmp_path):
    process = start()
    assert process.watcher.state() == (True, "0 s old, compared with the site's version 0.0 s ago")
    world.pass_time(SILENCE + 1)
    assert process.watcher.state() == (False, "3 s old, compared with the site's version 3.0 s ago")
    process.poll()
    assert process.watcher.state()[0]
    world.is_away = True
    process.poll()
    assert not process.watcher.state()[0]
    assert not Process(world, tmp_path / "other").watcher.state()[0]


def test_generation_is_fresh_for_half_a_second_while_the_database_answers(start, world):
    process = start()
    assert process.watcher.is_fresh is True
    world.pass_time(MAX_AGE)
    assert process.watcher.is_fresh is True
    world.pass_time(POLL_SECONDS)
    assert process.watcher.is_fresh is False
    process.poll()
    assert process.watcher.is_fresh is True
    world.is_away = True
    process.poll()
    assert process.watcher.is_fresh is False


def test_ages_are_told_of_the_generation_in_use(start, world, tmp_path):
    assert Process(world, tmp_path / "empty").watcher.ages() is None
    watcher = start().watcher
    world.pass_time(SILENCE)
    assert watcher.ages() == pytest.approx((SILENCE, SILENCE), abs=0.001)  # a generation begins at a whole millisecond


def test_generation_is_marked_once_when_all_that_is_planned_is_built(start):
    process = start()
    mark = process.folder.root / process.key / BUILT
    process.poll()
    assert not mark.exists()
    process.current.is_built = True
    process.poll()
    mark.unlink()  # as whoever empties the folder
    process.poll()
    assert not mark.exists()


@pytest.mark.django_db(transaction=True)  # an old connection is closed before it is asked
def test_version_is_nought_before_anything_is_published():
    SiteVersion.objects.all().delete()
    assert read_version() == 0
