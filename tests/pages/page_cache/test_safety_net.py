"""What was cached before a start stands in until it is cached again, for an hour, at the same version."""

import pytest

from pages.page_cache.generation import STALE_SECONDS
from pages.page_cache.safety_net import PERIOD_SECONDS
from tests.pages.page_cache.generations import OTHER_CODE, PAGE, Process

OTHER_PAGE = ("localhost", "/manual/", "")


def finish(process: Process) -> None:
    """Let all that is planned be built."""
    process.current.is_built = True
    process.poll()


def clean(process: Process) -> None:
    process.folder.remove_old(process.world.now)


@pytest.fixture
def before(start) -> Process:
    """A process that has built its pages, and is killed."""
    process = start()
    process.build("från förra processen")
    finish(process)
    process.world.pass_time(1)
    return process


def standing_in(process: Process) -> str | None:
    """Return the text that stands in, by the application and by nginx alike."""
    now = process.world.now
    response = process.folder.read_last(PAGE, now)
    page = process.folder.root / "last" / f"{now:.0f}"[:7] / "localhost" / PAGE[1].strip("/") / "plain.html"
    assert page.exists() == (response is not None)
    if response is None:
        return None
    assert page.read_bytes() == response.body(fallback=True)
    return response.body().decode().rstrip("x")


def test_pages_of_the_process_before_stand_in_for_one_that_starts(before, start):
    process = start()
    assert process.key != before.key
    assert process.folder.read(process.key, PAGE) is None
    clean(process)
    assert standing_in(process) == "från förra processen"


def test_they_are_kept_through_starts_that_do_not_get_so_far(before, start, world):
    for _number in range(10):
        process = start()
        process.build("halvfärdig")
        world.pass_time(2)
    clean(process)
    assert standing_in(process) == "från förra processen"


def test_they_are_kept_while_one_page_is_missing(before, start):
    before.folder.write(before.key, OTHER_PAGE, before.build("en sida till"))
    process = start()
    process.build("ny")
    finish(process)
    clean(process)
    assert standing_in(process) == "en sida till"


def test_they_go_when_all_is_there_again(before, start):
    process = start()
    process.build("ny")
    finish(process)
    clean(process)
    assert standing_in(process) is None
    assert not (process.folder.root / before.key).exists()


def test_what_is_not_built_yet_stays_although_every_page_is_there(before, start):
    process = start()
    process.build("ny")
    process.poll()
    clean(process)
    assert standing_in(process) == "från förra processen"


def test_they_go_after_an_hour(before, start, world):
    process = start()
    world.pass_time(STALE_SECONDS - 2 * PERIOD_SECONDS)
    assert standing_in(process) == "från förra processen"
    world.pass_time(2 * PERIOD_SECONDS)
    assert standing_in(process) is None
    clean(process)
    assert not (process.folder.root / before.key).exists()


@pytest.mark.parametrize("later_starts", [0, 1])
def test_pages_of_another_version_never_stand_in(before, start, world, later_starts):
    for _number in range(later_starts):
        start()
        world.pass_time(1)
    world.version += 1
    process = start()
    assert standing_in(process) is None


def test_pages_of_other_code_never_stand_in(before, start):
    process = start(code=OTHER_CODE)
    assert standing_in(process) is None


def test_what_was_never_built_is_no_safety_net(start, world):
    start().build("halvfärdig")
    world.pass_time(1)
    assert standing_in(start()) is None
