"""For a moment after a change the page before answers while the new one is built: never for longer than is promised."""

import time

import pytest

from pages.page_cache.generation import BRIDGE_SECONDS
from pages.page_cache.generation_switch import HEAD_START
from pages.page_cache.generation_watcher import POLL_SECONDS
from tests.pages.page_cache.generations import NOON, PAGE, Process, World
from tests.pages.page_cache.processes import Site, wait_until
from tests.reading import PAIRS

PROMISED_SECONDS = 1.0  # in which readers see a change


@pytest.fixture
def changed(start, world) -> Process:
    """A process whose page is that of the version before."""
    process = start()
    process.build("before")
    process.settle()
    world.version += 1
    process.settle()
    assert PAGE not in process.current.responses
    return process


def bridged(process: Process, world: World) -> bool:
    return process.current.bridge(PAGE, world.now, world.monotonic) is not None


def test_page_before_answers_until_a_change_must_be_seen(changed, world):
    assert bridged(changed, world)
    world.monotonic = changed.current.noticed + BRIDGE_SECONDS - 0.001
    assert bridged(changed, world)
    world.monotonic = changed.current.noticed + BRIDGE_SECONDS
    assert not bridged(changed, world)


def test_bridge_ends_well_before_the_promised_second():
    assert BRIDGE_SECONDS + 2 * POLL_SECONDS <= 0.8 * PROMISED_SECONDS
    assert BRIDGE_SECONDS > HEAD_START


def test_page_before_is_not_shown_once_it_has_expired(changed, world):
    world.now = changed.current.previous[PAGE].expires_at
    assert not bridged(changed, world)


def test_page_that_is_built_is_not_bridged(changed, world):
    changed.build("after")
    assert not bridged(changed, world)


@pytest.mark.parametrize("changes", [2, 3])
def test_further_changes_do_not_lengthen_the_bridge(start, world, changes):
    """A page that changed with the first of them would be shown for too long."""
    process = start()
    process.build("before")
    process.settle()
    first = world.monotonic
    for _change in range(changes):
        world.version += 1
        process.poll(0.1)
    process.poll(HEAD_START)
    assert process.key.version == world.version
    world.monotonic = first + 0.1 + BRIDGE_SECONDS
    assert not bridged(process, world)


def test_page_of_two_changes_ago_is_bridged_no_longer(changed, world):
    began = changed.current.noticed
    world.version += 1
    changed.settle()
    assert changed.current.noticed > began
    world.monotonic = began + BRIDGE_SECONDS
    assert not bridged(changed, world)


def test_saving_waits_for_the_end_of_the_bridge_or_for_all_pages(changed, world):
    assert not changed.switch.shows(world.version)
    changed.current.is_built = True
    assert changed.switch.shows(world.version)
    changed.current.is_built = False
    world.monotonic = changed.current.noticed + BRIDGE_SECONDS
    assert changed.switch.shows(world.version)
    assert not changed.switch.shows(world.version + 1)


def test_time_at_which_a_page_turns_is_no_reason_to_wait_for_the_others(start, world):
    process = start()
    process.build("before")
    process.current.expires_at = NOON + 10  # of another page
    process.poll(10)
    process.poll(HEAD_START)
    assert bridged(process, world)


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.xdist_group("ready")
def test_readers_get_the_page_before_and_within_the_second_the_new_one(site: Site):
    reader, paths = site.readers[0], [*PAIRS["county"], *PAIRS["all coordinators"], *PAIRS["step"]]
    sources = set()
    for number in range(20, 26):
        for path in paths:
            reader.get(path)
        text = f"040-628 04 {number}"
        for query in range(3):  # what is built ahead has to wait
            reader.do("begin_to_ask", path=f"/sok/?q=polis+{number}+{query}")
        site.editor.tell("edit_contact", number=f"+464062804{number}")
        end = time.monotonic() + 1.5
        while time.monotonic() < end:
            for path in paths:
                seen = reader.get(path)
                sources.add(seen.source)
                if "replaced" in seen.source and path == PAIRS["all coordinators"][0]:
                    assert text not in seen.text
        site.editor.take()
        wait_until(lambda text=text: text in reader.get(PAIRS["all coordinators"][0]).text)
    assert any("replaced" in source for source in sources), sources
