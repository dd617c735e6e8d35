"""Days ahead whose hours are not those of every week, told before they come: "Closed 24–26 December"."""

from datetime import date, datetime, timedelta

from contacts.intervals import Interval, OtherHours
from contacts.opening_hours import HORIZON, STOCKHOLM, Schedule

DAYS_AHEAD = timedelta(days=7)
DAY = timedelta(days=1)


def coming_days(schedule: Schedule, moment: datetime) -> list[OtherHours]:
    """Return what is told at a moment (aware): what differs today or within seven days, each range whole.

    A range has the same hours and reason from its first day to its last. Days that are closed every week join what
    is closed before and after them; at its ends they belong to it only where an editor has entered them.
    """
    day = moment.astimezone(STOCKHOLM).date()
    last = day + DAYS_AHEAD
    told = []
    while day <= last:
        if days := _range_through(schedule, day):
            told.append(days)
            day = days.last_day
        day += DAY
    return told


def _range_through(schedule: Schedule, day: date) -> OtherHours | None:
    change = _change_on(schedule, day)
    if change is None:
        return None
    first, last = (_end(schedule, day, step) for step in (-DAY, DAY))
    days = (first + count * DAY for count in range((last - first).days + 1))
    return OtherHours(first, last, *change) if any(_differs(schedule, each) for each in days) else None


def _end(schedule: Schedule, day: date, step: timedelta) -> date:
    """Return the last day of the range that holds a day, in the direction of the step."""
    change = _change_on(schedule, day)
    end = day
    for _count in range(HORIZON.days):
        day += step
        there = _change_on(schedule, day)
        if there == change:
            end = day
        elif there or schedule.intervals_on(day) or schedule.intervals_on(end):
            break
    return end


def _change_on(schedule: Schedule, day: date) -> tuple[tuple[Interval, ...], str] | None:
    """Return the hours and the reason of a day that differs, or that an editor has closed; None of any other."""
    hours, exception = schedule.intervals_on(day), schedule.exception_on(day)
    if exception and exception.intervals == hours:
        return (hours, exception.reason) if _differs(schedule, day) or not hours else None
    return (hours, "") if _differs(schedule, day) else None  # a holiday, within an exception or without one


def _differs(schedule: Schedule, day: date) -> bool:
    return schedule.intervals_on(day) != schedule.weekly_on(day)
