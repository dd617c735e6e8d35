"""A page ends with what it says of a moment, and without a database says it no longer."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

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
    # Until then a page that has turned, or the one before two changes in a second, may stand in for it.
    wait_until(lambda: reader.get(path).source == "ready; hit", PATIENCE)
    seen = reader.get(path)
    assert condition(seen)
    return seen


@pytest.mark.parametrize("path", [HOME, STEP])
def test_state_turns(site: Site, path):
    site.set_clock("2026-11-24T15:58+01:00")
    site.settle()  # the test before may have been of a later day
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


def test_page_that_is_built_as_it_turns_does_not_tell_two_states(site: Site):
    """Its header may be kept from before, while it tells the state itself, again: then it tells none."""
    reader = site.readers[0]
    has_turned_while_built = False
    for day in range(7, 12):  # on a slow machine the turn may pass before anybody has looked
        site.set_clock(f"2026-12-{day:02}T15:59:57+01:00")
        site.settle()
        while CLOSED not in (seen := reader.get(STEP)).text:
            reader.do("forget", path=STEP)
            has_turned_while_built |= "miss" in seen.source and OPEN not in seen.text
        assert OPEN not in seen.text
        if has_turned_while_built:
            break
    assert has_turned_while_built


def test_confirmation_becomes_old_at_midnight(site: Site):
    site.set_clock("2026-11-26T10:00+01:00")
    site.editor.do("confirm_contact", days_ago=180)
    old = "Inte bekräftad sedan 30 maj 2026"
    for reader in site.readers:
        assert_soon(reader, ALL, lambda seen: "Bekräftad 30 maj 2026" in seen.text and old not in seen.text)
    site.set_clock("2026-11-26T23:59:58+01:00")
    for reader in site.readers:
        wait_until(lambda reader=reader: old in reader.get(ALL).text, 2 + VISIBLE_SECONDS)


@pytest.mark.parametrize("path", [HOME, STEP, COUNTY])
def test_closed_period_is_told_from_one_midnight_to_another(site: Site, path):
    period, reason = "24\N{NO-BREAK SPACE}december–2\N{NO-BREAK SPACE}januari", "Julledigt"
    site.set_clock("2026-12-16T10:00+01:00")
    site.settle()
    site.editor.do("close", first_day="2026-12-24", last_day="2027-01-02", reason=reason)
    site.settle()
    for midnight, before in (("2026-12-16", False), ("2027-01-02", True)):
        site.set_clock(f"{midnight}T23:59:57+01:00")
        for reader in site.readers:
            assert_soon(reader, path, lambda seen, told=before: (period in seen.text) == (reason in seen.text) == told)
        for reader in site.readers:
            wait_until(
                lambda reader=reader, told=before: (period in reader.get(path).text) != told, 3 + VISIBLE_SECONDS
            )
    site.editor.do("close", first_day="2026-01-01", last_day="2026-01-01", reason="")


def test_notice_to_all_readers_begins_and_ends_at_its_minute(site: Site):
    text, pages = "Stödtelefonen är ur funktion.", (HOME, PAIRS["step"][1])
    site.set_clock("2026-12-01T11:50+01:00")
    site.settle()
    site.editor.do("tell_all", text=text, starts="2026-12-01T11:55+01:00", ends="2026-12-01T12:00+01:00")
    site.settle()
    for before, is_told in (("2026-12-01T11:54:57+01:00", True), ("2026-12-01T11:59:57+01:00", False)):
        site.set_clock(before)
        for reader in site.readers:
            for path in pages:
                assert_soon(reader, path, lambda seen, told=is_told: (text in seen.text) != told)
        for reader in site.readers:
            for path in pages:
                wait_until(
                    lambda reader=reader, path=path, told=is_told: (text in reader.get(path).text) == told,
                    3 + VISIBLE_SECONDS,
                )


def test_leave_begins_and_ends_at_midnight(site: Site):
    site.set_clock("2026-11-25T10:00+01:00")
    site.editor.do("take_leave", first="2026-11-26", last="2026-11-26")
    begun = "Ledig till och med 26 november."
    for reader in site.readers:
        assert_soon(reader, ALL, lambda seen: "Ledig" not in seen.text)
    site.set_clock("2026-11-25T23:59:58+01:00")
    for reader in site.readers:
        wait_until(lambda reader=reader: begun in reader.get(ALL).text, 2 + VISIBLE_SECONDS)
    site.set_clock("2026-11-26T23:59:58+01:00")
    for reader in site.readers:
        wait_until(lambda reader=reader: "Ledig" not in reader.get(ALL).text, 2 + VISIBLE_SECONDS)


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
    wait_until(lambda: reader.get("/vagledning/planerad/").status == 410)


def test_clock_that_is_put_back_turns_pages_too(site: Site):
    site.set_clock("2026-11-27T17:00+01:00")
    for reader in site.readers:
        assert_soon(reader, HOME, lambda seen: CLOSED in seen.text)
    site.set_clock("2026-11-27T15:00+01:00")
    for reader in site.readers:  # in no promised time: clocks are not put back by hours
        assert_soon(reader, HOME, lambda seen: OPEN in seen.text, seconds=PATIENCE)


@pytest.mark.parametrize("hours", [1, -1, 24, -24])
def test_clock_that_jumps_shows_the_new_hour_and_what_is_published(site: Site, hours):
    before = datetime.fromisoformat("2026-12-21T15:30+01:00")
    site.set_clock(before.isoformat())
    for reader in site.readers:
        assert_soon(reader, HOME, lambda seen: OPEN in seen.text, seconds=PATIENCE)
    site.set_clock((before + timedelta(hours=hours)).isoformat())
    state, other = (CLOSED, OPEN) if hours == 1 else (OPEN, CLOSED)
    title = f"Klockan{hours % 100}"
    page = site.editor.do("make_page", title=title)
    for reader in site.readers:
        assert_soon(reader, f"/vagledning/{title.lower()}/", lambda seen: f"Om {title}." in seen.text, seconds=PATIENCE)
        seen = assert_soon(reader, HOME, lambda seen: seen.status == 200 and state in seen.text, seconds=PATIENCE)
        assert other not in seen.text
    site.editor.do("delete", page=page)


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
    reader = site.readers[0]
    is_open_again = False
    for day in range(14, 19):  # on a slow machine the second turn may pass before anybody has looked
        site.set_clock(f"2026-12-{day}T15:59:59.500+01:00")
        wait_until(lambda: CLOSED in reader.get(HOME).text, 0.5 + VISIBLE_SECONDS)
        site.set_clock(f"2026-12-{day}T15:59:57+01:00")  # as when it is corrected: nothing turns by that
        site.editor.do("confirm_contact", days_ago=3)  # what is built from now on tells the corrected time
        until = time.monotonic() + 3
        while not is_open_again and time.monotonic() < until:
            is_open_again = OPEN in reader.get(COUNTY).text
        wait_until(lambda: CLOSED in reader.get(COUNTY).text, 3 + VISIBLE_SECONDS)
        if is_open_again:
            break
    assert is_open_again
