"""The support line's opening hours, against a plain model and by examples."""

from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contacts.intervals import Interval, OtherHours
from contacts.opening_hours import STOCKHOLM, Schedule, State, WeeklyRow, weekly_rows
from tests.contacts.hours_model import OFFICE_DAYS, Model, cases, hours


@settings(max_examples=1500, deadline=None)
@given(cases(), st.sampled_from([UTC, STOCKHOLM, ZoneInfo("America/New_York")]))
def test_state_is_that_of_the_model(case, zone):
    parts, instant = case
    state = Schedule(*parts).state_at(instant.astimezone(zone))
    changes_at = state.changes_at and state.changes_at.astimezone(UTC)
    assert (state.is_open, changes_at) == Model(*parts).state_at(instant)


@settings(max_examples=200, deadline=None)
@given(cases())
def test_hours_of_a_day_are_sorted_and_apart_and_cover_the_same_minutes(case):
    parts, instant = case
    merged = Schedule(*parts).intervals_on(day := instant.date())
    assert all(time(0) < earlier.closes < later.opens for earlier, later in pairwise(merged))
    assert Model({day.weekday(): merged}, [], True).open_minutes(day) == Model(*parts).open_minutes(day)


FULL, SHORT = hours("08:00-16:00"), hours("08:00-12:00")
OFFICE = Schedule(OFFICE_DAYS)
EVE = date(2026, 12, 24)
EVE_OPEN = Schedule(OFFICE_DAYS, [OtherHours(EVE, EVE, hours("10:00-12:00"))])
EVE_CLOSED = Schedule(OFFICE_DAYS, [OtherHours(EVE, EVE)], open_on_holidays=True)
SHORTER = Schedule(OFFICE_DAYS, [OtherHours(date(2026, 12, 21), date(2027, 1, 3), hours("10:00-12:00"))])
ALWAYS = Schedule(dict.fromkeys(range(7), hours("00:00-00:00")), open_on_holidays=True)
WEEKEND_NIGHT = Schedule({5: hours("22:00-00:00"), 6: hours("00:00-06:00")})


def once(day: str, span: str) -> Schedule:
    only = date.fromisoformat(day)
    return Schedule({}, [OtherHours(only, only, hours(span))])


@pytest.mark.parametrize(
    ("schedule", "moment", "is_open", "changes_at"),
    [
        (OFFICE, "2026-03-05T08:00+01:00", True, "2026-03-05T16:00+01:00"),
        (OFFICE, "2026-03-05T15:59:59.999999+01:00", True, "2026-03-05T16:00+01:00"),
        (OFFICE, "2026-03-06T16:00+01:00", False, "2026-03-09T08:00+01:00"),  # over a weekend
        (OFFICE, "2026-04-03T12:00+02:00", False, "2026-04-07T08:00+02:00"),  # långfredagen
        (OFFICE, "2026-06-19T12:00+02:00", False, "2026-06-22T08:00+02:00"),  # midsommarafton
        (OFFICE, "2026-12-24T12:00+01:00", False, "2026-12-28T08:00+01:00"),  # julafton
        (EVE_OPEN, "2026-12-24T09:00+01:00", False, "2026-12-24T10:00+01:00"),
        (EVE_CLOSED, "2026-12-23T16:00+01:00", False, "2026-12-25T08:00+01:00"),
        # Hours of a range open no weekend and no holiday.
        (SHORTER, "2026-12-18T16:00+01:00", False, "2026-12-21T10:00+01:00"),
        (SHORTER, "2026-12-23T12:00+01:00", False, "2026-12-28T10:00+01:00"),
        (SHORTER, "2026-12-30T12:00+01:00", False, "2027-01-04T08:00+01:00"),
        (ALWAYS, "2026-03-05T12:00+01:00", True, None),
        (Schedule({}), "2026-03-05T12:00+01:00", False, None),
        # The horizon ends with the 400th day.
        (once("2027-04-09", "23:59-00:00"), "2026-03-05T12:00Z", False, "2027-04-09T23:59+02:00"),
        (once("2027-04-10", "00:00-00:00"), "2026-03-05T12:00Z", False, None),
        # One stretch over midnight, of 7 and of 9 hours because clocks change.
        (WEEKEND_NIGHT, "2026-03-28T22:00+01:00", True, "2026-03-29T06:00+02:00"),
        (WEEKEND_NIGHT, "2026-10-24T22:00+02:00", True, "2026-10-25T06:00+01:00"),
        # An edge in the spring gap takes effect at the jump, and a span inside it never.
        (once("2026-03-29", "02:30-05:00"), "2026-03-28T12:00Z", False, "2026-03-29T03:00+02:00"),
        (once("2026-03-29", "01:00-02:30"), "2026-03-29T00:30Z", True, "2026-03-29T03:00+02:00"),
        (once("2026-03-29", "02:00-03:00"), "2026-03-28T12:00Z", False, None),
        # A span inside the repeated autumn hour is open twice.
        (once("2026-10-25", "02:15-02:45"), "2026-10-25T00:15Z", True, "2026-10-25T02:45+02:00"),
        (once("2026-10-25", "02:15-02:45"), "2026-10-25T00:45Z", False, "2026-10-25T02:15+01:00"),
    ],
)
def test_state_at(schedule, moment, is_open, changes_at):
    state = schedule.state_at(datetime.fromisoformat(moment))
    change = state.changes_at and state.changes_at.isoformat(timespec="minutes")
    assert (state.is_open, change) == (is_open, changes_at)


def test_moment_that_no_clock_shows_is_read_as_python_does():
    gap = datetime(2026, 3, 29, 2, 30, tzinfo=STOCKHOLM)  # the instant when clocks show 03:30
    assert once("2026-03-29", "03:30-04:00").state_at(gap).is_open


def test_sunday_follows_the_weekly_hours_unless_it_is_a_named_holiday():
    schedule = Schedule({6: hours("10:00-14:00")})
    assert schedule.intervals_on(date(2026, 3, 8)) == hours("10:00-14:00")
    assert schedule.intervals_on(date(2026, 4, 5)) == ()  # påskdagen


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Interval(time(16), time(8)), "before closes"),
        (lambda: Interval(time(8), time(8)), "before closes"),
        (lambda: Interval(time(8, 0, 1), time(16)), "opens must be a whole minute"),
        (lambda: Interval(time(8), time(16, 0, 0, 1)), "closes must be a whole minute"),
        (lambda: Interval(time(8, tzinfo=UTC), time(16)), "without a time zone"),
        (lambda: OtherHours(EVE, EVE - timedelta(days=1)), "is before the first"),
        (lambda: Schedule({7: hours("08:00-16:00")}), r"not \[7\]"),
        (lambda: OFFICE.state_at(datetime(2026, 3, 5, 12)), "needs a time zone"),  # noqa: DTZ001
    ],
)
def test_bad_value_is_refused(build, message):
    with pytest.raises(ValueError, match=message):
        build()


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (FULL[0], "closes"),
        (OtherHours(EVE, EVE), "reason"),
        (OFFICE, "weekly"),
        (State(True, None), "is_open"),
        (WeeklyRow(0, 1, FULL), "intervals"),
    ],
)
def test_value_that_many_share_cannot_be_changed(value, name):
    with pytest.raises(FrozenInstanceError):
        setattr(value, name, None)


def test_weekly_rows_group_neighbours_with_equal_hours():
    # Monday equals Tuesday once merged; Thursday stands alone after a closed day.
    weekly = {0: hours("12:00-16:00", "08:00-12:00"), 1: FULL, 3: FULL, 4: SHORT, 5: ()}
    rows = (WeeklyRow(0, 1, FULL), WeeklyRow(3, 3, FULL), WeeklyRow(4, 4, SHORT))
    assert weekly_rows(Schedule(weekly)) == rows


def test_hours_of_a_date_are_the_exceptions_then_the_holidays_then_the_weekly_ones():
    every_day = dict.fromkeys(range(7), FULL)
    eve, holidays, sunday = date(2026, 12, 31), date(2049, 6, 6), date(2026, 3, 8)
    monday = sunday + timedelta(days=1)
    schedule = Schedule(every_day, [OtherHours(eve, eve, SHORT), OtherHours(monday, monday), OtherHours(eve, eve)])
    assert schedule.intervals_on(eve) == SHORT  # the first of two
    assert schedule.intervals_on(monday) == ()
    assert schedule.intervals_on(holidays) == ()  # two on one date
    assert schedule.intervals_on(sunday) == FULL
    assert Schedule(every_day, open_on_holidays=True).intervals_on(holidays) == FULL


def test_hours_inside_those_that_end_at_midnight_are_one_with_them():
    schedule = Schedule(dict.fromkeys(range(7), hours("08:00-09:00", "10:00-00:00", "11:00-12:00")))
    assert schedule.intervals_on(date(2026, 3, 5)) == hours("08:00-09:00", "10:00-00:00")
