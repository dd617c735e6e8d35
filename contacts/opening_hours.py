"""Opening hours of a support line: open at a moment or not, when that changes, and the plain hours.

One definition carries the whole module: the line is open at an instant if and only if the wall
clock in Stockholm, read at that instant, shows a time inside an interval of the date it shows.
When clocks go forward, 02:00-02:59 is never shown, so an edge inside that hour takes effect at the
jump or not at all; when they go back the hour is shown twice, so hours inside it are open twice.

Weekdays are numbered as `date.weekday()` does: Monday is 0.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import groupby
from zoneinfo import ZoneInfo

from holidays.constants import DE_FACTO, PUBLIC
from holidays.countries.sweden import Sweden

from contacts.intervals import CLOSED, MIDNIGHT, WHOLE_DAY, Interval, OtherHours, merged

STOCKHOLM = ZoneInfo("Europe/Stockholm")
HORIZON = timedelta(days=400)

WEEKDAYS = range(7)

# Clocks in the EU change at this time (directive 2000/84/EC). On the other days it does no harm.
CLOCKS_CHANGE = time(1, 0, tzinfo=UTC)


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

    An exception goes before a holiday (closed, unless `open_on_holidays`), which goes before the
    weekly hours. Its hours hold on the days of its range that are open without it: a day that is
    closed otherwise is opened by a range of that day alone. Of two for one date the first holds. A
    weekday left out is closed. A Sunday is no holiday unless it has a name of its own, such as
    påskdagen. The mapping is copied, with the intervals of each day sorted and merged. Raises
    ValueError for a weekday other than 0-6.
    """

    weekly: Mapping[int, Sequence[Interval]]
    exceptions: Sequence[OtherHours] = ()
    open_on_holidays: bool = False

    def __post_init__(self) -> None:
        if unknown := set(self.weekly) - set(WEEKDAYS):
            raise ValueError(f"weekdays go from 0 (Monday) to 6 (Sunday), not {sorted(unknown)}")
        weekly = {weekday: merged(self.weekly.get(weekday, CLOSED)) for weekday in WEEKDAYS}
        object.__setattr__(self, "weekly", weekly)
        object.__setattr__(self, "exceptions", tuple(self.exceptions))

    def intervals_on(self, day: date) -> tuple[Interval, ...]:
        """Return the hours that apply on a date in Stockholm, sorted and merged."""
        is_holiday = not self.open_on_holidays and day in _holidays_of(day.year)
        regular = CLOSED if is_holiday else self.weekly_on(day)
        exception = self.exception_on(day)
        if exception is None:
            return regular
        return exception.intervals if exception.is_one_day or regular else CLOSED

    def weekly_on(self, day: date) -> tuple[Interval, ...]:
        """Return the hours of every such weekday."""
        return tuple(self.weekly[day.weekday()])

    def exception_on(self, day: date) -> OtherHours | None:
        """Return the exception whose range holds a date."""
        return next((each for each in self.exceptions if day in each), None)

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
        """Yield in order every instant (UTC) where the state may change: edges and clock changes.

        Some change nothing, such as an edge in the spring gap, so the caller asks the definition.
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
