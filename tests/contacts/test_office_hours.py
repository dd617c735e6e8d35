"""When no coordinator's office is open: what is taken for office hours, with the support line's hours and without."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.intervals import OtherHours
from contacts.office_hours import office_hours
from contacts.opening_hours import STOCKHOLM, Schedule
from tests.contacts.hours_model import HOLIDAYS, OFFICE_DAYS, cases, days, hours

TUESDAY, SATURDAY, CHRISTMAS_EVE = date(2026, 11, 24), date(2026, 11, 28), date(2026, 12, 24)


def shown(schedule: Schedule, day: date) -> list[str]:
    return [f"{each.opens:%H:%M}-{each.closes:%H:%M}" for each in schedule.intervals_on(day)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (None, "07:00-18:00"),
        (Schedule({}), "07:00-18:00"),
        (Schedule(OFFICE_DAYS), "08:00-16:00"),
        (Schedule({1: hours("09:00-11:30", "12:30-16:30")}), "09:00-16:30"),  # a pause of the line is its own
        (Schedule({1: hours("06:00-20:00")}), "07:00-18:00"),
        (Schedule({1: hours("00:00-00:00")}), "07:00-18:00"),
        (Schedule({1: hours("09:00-00:00")}), "09:00-18:00"),
        (Schedule({1: hours("20:00-00:00")}), "07:00-18:00"),  # no office hours at all
        (Schedule(OFFICE_DAYS, [OtherHours(TUESDAY, TUESDAY)]), "08:00-16:00"),  # the line's own day off
        (Schedule(OFFICE_DAYS, [OtherHours(TUESDAY, TUESDAY, hours("10:00-11:00"))]), "08:00-16:00"),
    ],
)
def test_office_hours_of_a_tuesday(line, expected):
    assert shown(office_hours(line), TUESDAY) == [expected]


@pytest.mark.parametrize("line", [None, Schedule(dict.fromkeys(range(7), hours("00:00-00:00")), open_on_holidays=True)])
@pytest.mark.parametrize("day", [SATURDAY, SATURDAY + timedelta(days=1), CHRISTMAS_EVE, date(2026, 12, 25)])
def test_no_office_is_open_at_weekends_and_on_holidays_whatever_the_line_does(line, day):
    assert shown(office_hours(line), day) == []


@settings(max_examples=300, deadline=None)
@given(st.none() | st.dictionaries(st.integers(0, 6), days, max_size=7), cases())
def test_no_office_is_open_at_night_at_weekends_or_on_holidays(weekly, case):
    _parts, instant = case
    wall = instant.astimezone(STOCKHOLM)
    state = office_hours(None if weekly is None else Schedule(weekly)).state_at(instant)
    is_working_day = wall.weekday() < 5 and wall.date() not in HOLIDAYS
    if state.is_open:
        assert is_working_day
        assert time(7) <= wall.time() < time(18)
    elif is_working_day and weekly is None:
        assert not time(7) <= wall.time() < time(18)
    assert state.changes_at
    assert state.changes_at.astimezone(UTC) - instant < timedelta(days=7)  # the longest holiday is shorter


def test_clocks_that_change_change_nothing_in_office_hours():
    before = datetime(2026, 10, 23, 19, tzinfo=STOCKHOLM)
    assert office_hours(None).state_at(before).changes_at == datetime(2026, 10, 26, 7, tzinfo=STOCKHOLM)
