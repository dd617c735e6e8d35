"""Open hours of a day, and those of a range of dates instead of the usual ones.

Dates and times are what calendars and clocks in Stockholm show.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

MIDNIGHT = time(0, 0)


@dataclass(frozen=True, slots=True)
class Interval:
    """Open hours of one day in Stockholm's wall-clock time, whole minutes, `closes` excluded.

    `closes` at 00:00 is the end of the day, so 00:00-00:00 is the whole day. Raises ValueError when
    the times are reversed, equal, finer than a minute, or carry a time zone.
    """

    opens: time
    closes: time

    def __post_init__(self) -> None:
        for name, value in (("opens", self.opens), ("closes", self.closes)):
            if value.tzinfo is not None:
                raise ValueError(f"{name} must be a time without a time zone: {value!r}")
            if value.second or value.microsecond:
                raise ValueError(f"{name} must be a whole minute: {value}")
        if self.closes != MIDNIGHT and self.opens >= self.closes:
            raise ValueError(
                f"opens ({self.opens:%H:%M}) must be before closes ({self.closes:%H:%M});"
                " hours past midnight are two intervals, the second one on the next day"
            )

    def __contains__(self, wall: time) -> bool:
        return self.opens <= wall and (wall < self.closes or self.closes == MIDNIGHT)


CLOSED: tuple[Interval, ...] = ()
WHOLE_DAY = (Interval(MIDNIGHT, MIDNIGHT),)


@dataclass(frozen=True, slots=True)
class OtherHours:
    """Hours on the dates from `first_day` to `last_day`, both included; no intervals: closed.

    The intervals are sorted and merged. Raises ValueError when the range ends before it begins.
    """

    first_day: date
    last_day: date
    intervals: tuple[Interval, ...] = CLOSED
    reason: str = ""

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ValueError(f"the last day ({self.last_day}) is before the first ({self.first_day})")
        object.__setattr__(self, "intervals", merged(self.intervals))

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    @property
    def is_one_day(self) -> bool:
        """Whether it is a range of one."""
        return self.first_day == self.last_day


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the same hours sorted and apart."""
    found: list[Interval] = []
    for interval in sorted(intervals, key=lambda each: each.opens):
        if found and (found[-1].closes == MIDNIGHT or interval.opens <= found[-1].closes):
            last = found.pop()
            closes = max(last.closes, interval.closes, key=lambda end: (end == MIDNIGHT, end))
            found.append(Interval(last.opens, closes))
        else:
            found.append(interval)
    return tuple(found)
