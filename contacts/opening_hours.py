"""Opening hours of a support line: open at a moment or not, when that turns, and the plain hours.

One definition carries the whole module: the line is open at an instant if and only if the wall
clock in Stockholm, read at that instant, shows a time inside an interval of the date it shows.
When clocks go forward, 02:00-02:59 is never shown, so an edge inside that hour takes effect at the
jump or not at all; when they go back the hour is shown twice, so hours inside it are open twice.

Weekdays are numbered as `date.weekday()` does: Monday is 0.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import groupby
from zoneinfo import ZoneInfo

from holidays.constants import DE_FACTO, PUBLIC
from holidays.countries.sweden import Sweden

STOCKHOLM = ZoneInfo("Europe/Stockholm")
HORIZON = timedelta(days=400)

MIDNIGHT = time(0, 0)
WEEKDAYS = range(7)

# Clocks in the EU change at this time (directive 2000/84/EC). On the other days it does no harm.
CLOCKS_CHANGE = time(1, 0, tzinfo=UTC)


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
class State:
    """Whether the line is open, and the first later instant (Stockholm time) when that differs.

    `changes_at` is None when nothing changes within HORIZON. Convert it to UTC before comparing or
    subtracting: between two Stockholm times Python overlooks a clock change, and a time in the
    repeated hour equals no time of another zone (PEP 495).
    """

    is_open: bool
    changes_at: datetime | None


@dataclass(frozen=True)
class Schedule:
    """Open hours by weekday, with dated exceptions and the Swedish holidays and eves.

    A dated exception (no intervals: closed that day) goes before a holiday (closed, unless
    `open_on_holidays`), which goes before the weekly hours. A weekday left out is closed. A Sunday
    is no holiday unless it has a name of its own, such as påskdagen. Both mappings are copied, with
    the intervals of each day sorted and merged. Raises ValueError for a weekday other than 0-6.
    """

    weekly: Mapping[int, Sequence[Interval]]
    exceptions: Mapping[date, Sequence[Interval]] = field(default_factory=dict)
    open_on_holidays: bool = False

    def __post_init__(self) -> None:
        if unknown := set(self.weekly) - set(WEEKDAYS):
            raise ValueError(f"weekdays go from 0 (Monday) to 6 (Sunday), not {sorted(unknown)}")
        weekly = {weekday: _merged(self.weekly.get(weekday, CLOSED)) for weekday in WEEKDAYS}
        exceptions = {day: _merged(intervals) for day, intervals in self.exceptions.items()}
        object.__setattr__(self, "weekly", weekly)
        object.__setattr__(self, "exceptions", exceptions)

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        """Return the hours that apply on a date in Stockholm, sorted and merged."""
        if day in self.exceptions:
            return tuple(self.exceptions[day])
        if not self.open_on_holidays and day in _holidays_of(day.year):
            return CLOSED
        return tuple(self.weekly[day.weekday()])

    def state_at(self, moment: datetime) -> State:
        """Return the state at a moment and its next change, up to the end of the day HORIZON ahead.

        The moment may be in any time zone; raises ValueError when it has none.
        """
        if moment.utcoffset() is None:
            raise ValueError(f"the moment needs a time zone: {moment!r}")
        # UTC first: a Stockholm time in the spring gap would otherwise stay a time never shown.
        instant = moment.astimezone(UTC)
        is_open = self._is_open(instant)
        for candidate in self._candidates(instant, is_open):
            if candidate > instant and self._is_open(candidate) != is_open:
                return State(is_open, candidate.astimezone(STOCKHOLM))
        return State(is_open, None)

    def _is_open(self, instant: datetime) -> bool:
        wall = instant.astimezone(STOCKHOLM)
        return any(wall.time() in interval for interval in self.intervals_on(wall.date()))

    def _candidates(self, instant: datetime, is_open: bool) -> Iterator[datetime]:
        """Yield in order every instant (UTC) where the state may turn: edges and clock changes.

        Some turn nothing, such as an edge in the spring gap, so the caller asks the definition.
        """
        unchanging = WHOLE_DAY if is_open else CLOSED
        first = instant.astimezone(STOCKHOLM).date()
        for offset in range(HORIZON.days + 1):
            day = first + timedelta(days=offset)
            intervals = self.intervals_on(day)
            if intervals == unchanging:
                continue
            walls = {MIDNIGHT}.union(*((each.opens, each.closes) for each in intervals))
            edges = {
                datetime.combine(day, wall.replace(fold=fold), STOCKHOLM).astimezone(UTC)
                for wall in walls
                for fold in (0, 1)
            }
            yield from sorted(edges | {datetime.combine(day, CLOCKS_CHANGE)})


@dataclass(frozen=True, slots=True)
class WeeklyRow:
    """Consecutive weekdays with the same hours, both ends included; they may be the same day."""

    first_weekday: int
    last_weekday: int
    intervals: tuple[Interval, ...]


def weekly_rows(schedule: Schedule) -> tuple[WeeklyRow, ...]:
    """Return the plain weekly hours, Monday first, without the closed weekdays."""
    rows = []
    for intervals, group in groupby(WEEKDAYS, key=lambda each: tuple(schedule.weekly[each])):
        weekdays = list(group)
        if intervals:
            rows.append(WeeklyRow(weekdays[0], weekdays[-1], intervals))
    return tuple(rows)


@cache
def _holidays_of(year: int) -> frozenset[date]:
    """Return the public holidays and the three eves that the law puts beside them."""
    categories = (PUBLIC, DE_FACTO)
    # On a Sunday the weekly hours rule; said aloud, so as not to hang on a default.
    return frozenset(Sweden(years=year, categories=categories, include_sundays=False, expand=False))


def _merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    merged: list[Interval] = []
    for interval in sorted(intervals, key=lambda each: each.opens):
        if merged and (merged[-1].closes == MIDNIGHT or interval.opens <= merged[-1].closes):
            last = merged.pop()
            closes = max(last.closes, interval.closes, key=lambda end: (end == MIDNIGHT, end))
            merged.append(Interval(last.opens, closes))
        else:
            merged.append(interval)
    return tuple(merged)
