"""What is told of the coming days, against a plain model that tries every range, and by examples."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from contacts.coming_days import coming_days
from contacts.intervals import OtherHours
from contacts.opening_hours import STOCKHOLM, Schedule
from tests.contacts.hours_model import MINUTE, OFFICE_DAYS, Model, cases, hours, minutes_of


def other(first: str, last: str = "", span: str = "", reason: str = "") -> OtherHours:
    spans = hours(span) if span else ()
    return OtherHours(date.fromisoformat(first), date.fromisoformat(last or first), spans, reason)


def told(exceptions: list[OtherHours], moment: str) -> list[OtherHours]:
    return coming_days(Schedule(OFFICE_DAYS, exceptions), datetime.fromisoformat(moment))


@settings(max_examples=300, deadline=None)
@given(cases(), st.sampled_from([UTC, STOCKHOLM, ZoneInfo("America/New_York")]))
@example(((OFFICE_DAYS, [], False), datetime(2026, 12, 16, 22, 59, 59, tzinfo=UTC)), UTC)
@example(((OFFICE_DAYS, [], False), datetime(2026, 12, 16, 23, 0, tzinfo=UTC)), UTC)
def test_what_is_told_is_that_of_the_model(case, zone):
    parts, instant = case
    model = Model(*parts)
    for moment in (instant - MINUTE, instant, instant + MINUTE):
        days = coming_days(Schedule(*parts), moment.astimezone(zone))
        assert [
            (each.first_day, each.last_day, frozenset(minutes_of(each.intervals)), each.reason) for each in days
        ] == model.told(moment)


CHRISTMAS = other("2026-12-24", "2026-12-25")  # a Thursday and a Friday; the 26th is closed as every Saturday
NEW_YEAR = other("2026-12-31", "2027-01-01")
LEAVE = other("2026-12-24", "2027-01-02", reason="Julledigt")
SATURDAY = other("2026-11-28", span="09:00-11:00")
MOVING = other("2026-11-24", reason="Flytt")
SHORT_WEEK = other("2026-11-23", "2026-11-29", "09:00-12:00")


@pytest.mark.parametrize(
    ("exceptions", "moment", "expected"),
    [
        # Holidays and eves that nobody entered, from seven days before until their last midnight in Stockholm.
        ([], "2026-12-16T23:59:59.999999+01:00", []),
        ([], "2026-12-17T00:00+01:00", [CHRISTMAS]),
        ([], "2026-12-24T10:00+01:00", [CHRISTMAS, NEW_YEAR]),
        ([], "2026-12-25T22:59:59Z", [CHRISTMAS, NEW_YEAR]),
        ([], "2026-12-25T23:00Z", [NEW_YEAR]),
        ([], "2026-04-01T10:00+02:00", [other("2026-04-03", "2026-04-06")]),  # over a weekend
        # As entered, over new year, to the last day, even where that is far away or a Saturday.
        ([LEAVE], "2026-12-16T12:00+01:00", []),
        ([LEAVE], "2026-12-17T12:00+01:00", [LEAVE]),
        ([LEAVE], "2027-01-02T23:59+01:00", [LEAVE, other("2027-01-06")]),
        ([LEAVE], "2027-01-03T00:00+01:00", [other("2027-01-06")]),
        ([other("2026-12-24", "2026-12-26")], "2026-12-26T12:00+01:00", [other("2026-12-24", "2026-12-26"), NEW_YEAR]),
        # What stands side by side without a reason is one range; a reason is that of its own days.
        ([other("2026-12-28", "2026-12-30")], "2026-12-20T12:00+01:00", [other("2026-12-24", "2027-01-01")]),
        (
            [other("2026-12-28", "2026-12-30", reason="Utbildning")],
            "2026-12-24T12:00+01:00",
            [CHRISTMAS, other("2026-12-28", "2026-12-30", reason="Utbildning"), NEW_YEAR],
        ),
        # One day, and other hours, which open no weekend.
        ([MOVING], "2026-11-24T23:59+01:00", [MOVING]),
        ([MOVING], "2026-11-25T00:00+01:00", []),
        ([SHORT_WEEK], "2026-11-16T12:00+01:00", [other("2026-11-23", "2026-11-27", "09:00-12:00")]),
        (
            [other("2026-11-28", span="09:00-11:00")],
            "2026-11-27T18:00+01:00",
            [other("2026-11-28", span="09:00-11:00")],
        ),
        # The reason of other hours is none of a holiday among them.
        (
            [other("2026-12-21", "2026-12-27", "09:00-12:00", "Färre svarar")],
            "2026-12-23T12:00+01:00",
            [other("2026-12-21", "2026-12-23", "09:00-12:00", "Färre svarar"), CHRISTMAS],
        ),
        # Nothing is told that is so every week.
        ([other("2026-11-28", "2026-11-29")], "2026-11-27T12:00+01:00", []),
        ([other("2026-11-24", span="08:00-16:00")], "2026-11-24T12:00+01:00", []),
    ],
)
def test_coming_days(exceptions, moment, expected):
    assert told(exceptions, moment) == expected


def test_line_that_is_open_on_holidays_tells_none():
    schedule = Schedule(OFFICE_DAYS, open_on_holidays=True)
    assert coming_days(schedule, datetime(2026, 12, 24, 12, tzinfo=STOCKHOLM)) == []


def test_range_without_end_in_sight_is_told_as_far_as_the_horizon():
    always = [other("2026-01-01", "2029-12-31")]
    (days,) = told(always, "2027-06-01T12:00+02:00")
    assert (days.first_day, days.last_day) == (date(2026, 4, 27), date(2028, 7, 5))
