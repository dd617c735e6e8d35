"""A page ends with what it says of a moment, and without a database says it no longer."""

import time
from collections.abc import Callable

import pytest

from tests.pages.page_cache.processes import PATIENCE, VISIBLE_SECONDS, Process, Seen, Site, wait_until
from tests.reading import PAIRS

# The site is a copy of what it sets up; two of them at once would keep each other waiting.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.xdist_group("ready"),
    pytest.mark.long,
    pytest.mark.any_database,  # what turns pages is the clock
]

HOME, STEP, ALL = PAIRS["home"][0], PAIRS["step"][0], PAIRS["all coordinators"][0]
COUNTY = PAIRS["county"][0]
OPEN, CLOSED = "Öppet nu", "Stängt"


def assert_soon(
    reader: Process, path: str, condition: Callable[[Seen], bool], seconds: float = VISIBLE_SECONDS
) -> Seen:
    wait_until(lambda: condition(reader.get(path)), seconds)
    wait_until(lambda: "hit" in reader.get(path).source, PATIENCE)
    seen = reader.get(path)
    assert condition(seen)
    return seen


@pytest.mark.parametrize("path", [HOME, STEP])
def test_state_turns(site: Site, path):
    site.set_clock("2026-11-24T15:58+01:00")
    for reader in site.readers:
        assert_soon(reader, path, lambda seen: OPEN in seen.text)
    site.set_clock("2026-11-24T15:59:58.500+01:00")
    for reader in site.readers:
        wait_until(lambda reader=reader: CLOSED in reader.get(path).text, 1.5 + VISIBLE_SECONDS)
        assert OPEN not in assert_soon(reader, path, lambda seen: CLOSED in seen.text).text


def test_page_that_has_turned_shows_no_state_until_it_is_built_again(site: Site):
    reader = site.readers[0]
    sources = set()
    for day in range(7, 12):  # on a slow machine the turn may pass before anybody has looked
        site.set_clock(f"2026-12-{day:02}T15:59:57+01:00")
        site.settle()
        while CLOSED not in (seen := reader.get(HOME)).text:
            sources.add(seen.source)
            assert (OPEN in seen.text) == ("turning" not in seen.source)
            assert "08.00–16.00" in seen.text
        if any("turning" in source for source in sources):
            break
    assert any("turning" in source for source in sources)


def test_confirmation_becomes_old_at_midnight(site: Site):
    site.set_clock("2026-11-26T10:00+01:00")
    site.editor.do("confirm_contact", days_ago=180)
    old = "Inte bekräftad sedan 30 maj 2026"
    for reader in site.readers:
        assert_soon(reader, ALL, lambda seen: "Bekräftad 30 maj 2026" in seen.text and old not in seen.text)
    site.set_clock("2026-11-26T23:59:58+01:00")
    for reader in site.readers:
        wait_until(lambda reader=reader: old in reader.get(ALL).text, 2 + VISIBLE_SECONDS)


def test_scheduled_page_is_seen_when_the_command_has_run(site: Site):
    site.set_clock("2026-11-27T10:00+01:00")
    page = site.editor.do("make_page", title="Planerad")
    site.editor.do("schedule", page=page, lead="Gäller från elva.", minutes=60)
    reader = site.readers[1]
    assert_soon(reader, "/vagledning/planerad/", lambda seen: "Om Planerad." in seen.text)
    site.set_clock("2026-11-27T11:00:01+01:00")
    site.editor.do("publish_scheduled")
    assert_soon(reader, "/vagledning/planerad/", lambda seen: "Gäller från elva." in seen.text)
    site.editor.do("expire", page=page, minutes=30)
    site.set_clock("2026-11-27T13:30+01:00")
    site.editor.do("publish_scheduled")
    wait_until(lambda: reader.get("/vagledning/planerad/").status == 404)


def test_clock_that_is_put_back_turns_pages_too(site: Site):
    site.set_clock("2026-11-27T17:00+01:00")
    for reader in site.readers:
        assert_soon(reader, HOME, lambda seen: CLOSED in seen.text)
    site.set_clock("2026-11-27T15:00+01:00")
    for reader in site.readers:  # in no promised time: clocks are not put back by hours
        assert_soon(reader, HOME, lambda seen: OPEN in seen.text, seconds=PATIENCE)


@pytest.mark.parametrize("seconds", [0.04, 0.06, 0.08])
def test_clock_that_is_put_back_turns_pages_made_after_their_generation_began(site: Site, seconds):
    site.set_clock("2026-11-27T13:30+01:00")
    site.settle()
    for reader in site.readers:  # what is built ahead has to wait
        for number in range(3):
            reader.do("begin_to_ask", path=f"/sok/?q=polis+{number}")
    site.editor.do("confirm_contact", days_ago=3)
    time.sleep(seconds)  # until a generation has begun
    site.set_clock("2026-11-27T17:00+01:00")
    for reader in site.readers:
        assert_soon(reader, HOME, lambda seen: CLOSED in seen.text)
    site.set_clock("2026-11-27T15:00+01:00")
    for reader in site.readers:
        assert_soon(reader, HOME, lambda seen: OPEN in seen.text)


def test_clock_that_is_put_back_over_a_turn_turns_pages_again(site: Site):
    site.set_clock("2026-11-30T15:59:59.500+01:00")
    reader = site.readers[0]
    wait_until(lambda: CLOSED in reader.get(HOME).text, 0.5 + VISIBLE_SECONDS)
    site.set_clock("2026-11-30T15:59:57+01:00")  # as when it is corrected: nothing turns by that
    assert OPEN in reader.get(COUNTY).text
    wait_until(lambda: CLOSED in reader.get(COUNTY).text, 3 + VISIBLE_SECONDS)
