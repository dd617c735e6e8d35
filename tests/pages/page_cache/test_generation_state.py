"""What `/health/ready` is told of the generation in use."""

from pages.page_cache.generation_watcher import SILENCE
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
