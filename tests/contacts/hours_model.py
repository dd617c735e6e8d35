"""A plain model of opening hours that walks the clock by the minute, and random schedules to compare it with.

The model has sets of open minutes by local date, and holidays written out by hand. What it tells of the coming
days it finds by trying every range of dates. Schedules and moments are crowded where errors are: clock changes,
midnight, edges.
"""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from contacts.intervals import Interval, OtherHours
from contacts.opening_hours import STOCKHOLM

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def hours(*spans: str) -> tuple[Interval, ...]:
    """Read "08:00-16:00"."""
    return tuple(Interval(*map(time.fromisoformat, span.split("-"))) for span in spans)


EASTERS = ("2026-04-05", "2027-03-28", "2028-04-16", "2029-04-01", "2030-04-21", "2031-04-13")
FIXED = {(1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31)}
HOLIDAYS = {
    *(date(year, *fixed) for year in range(2026, 2033) for fixed in FIXED),
    *(date.fromisoformat(day) + n * DAY for day in EASTERS for n in (-2, 0, 1, 39, 49)),
    *(
        first + (weekday - first.weekday()) % 7 * DAY
        for year in range(2026, 2032)
        for month, day, weekday in ((6, 19, 4), (6, 20, 5), (10, 31, 5))
        for first in [date(year, month, day)]
    ),
}


def minutes_of(spans):
    return {
        minute
        for each in spans
        for minute in range(
            each.opens.hour * 60 + each.opens.minute, each.closes.hour * 60 + each.closes.minute or 1440
        )
    }


class Model:
    def __init__(self, weekly, exceptions, open_on_holidays):
        self.exceptions = exceptions
        self.weekly = {weekday: minutes_of(weekly.get(weekday, ())) for weekday in range(7)}
        self.holidays = set() if open_on_holidays else HOLIDAYS
        self.known = {}

    def exception(self, day):
        held = [each for each in self.exceptions if each.first_day <= day <= each.last_day]
        return held[0] if held else None

    def open_minutes(self, day):
        if day not in self.known:
            without = set() if day in self.holidays else self.weekly[day.weekday()]
            entered = self.exception(day)
            if entered and (without or entered.first_day == entered.last_day):
                without = minutes_of(entered.intervals)
            self.known[day] = without if not entered or entered.intervals else set()
        return self.known[day]

    def is_open(self, instant):
        wall = instant.astimezone(STOCKHOLM)
        return wall.hour * 60 + wall.minute in self.open_minutes(wall.date())

    def state_at(self, instant):
        is_open = self.is_open(instant)
        last_day = instant.astimezone(STOCKHOLM).date() + 400 * DAY
        walk = instant.replace(second=0, microsecond=0) + MINUTE
        while (wall := walk.astimezone(STOCKHOLM)).date() <= last_day:
            if self.is_open(walk) != is_open:
                return is_open, walk
            walk += MINUTE
            # Only a whole day of one state is stepped over, so that 400 days take no second.
            if wall.time() == time(0) and len(self.open_minutes(wall.date())) == 1440 * is_open:
                walk = datetime.combine(wall + DAY, time(0), STOCKHOLM).astimezone(UTC)
        return is_open, None

    def label(self, day):
        """Return what a day is told as; "open" or "closed" where that is as every week."""
        minutes, entered = self.open_minutes(day), self.exception(day)
        is_usual = minutes == self.weekly[day.weekday()]
        if is_usual and (minutes or not entered or entered.intervals):
            return "open" if minutes else "closed"
        explains = entered and minutes_of(entered.intervals) == minutes
        return frozenset(minutes), entered.reason if explains else ""

    def told(self, instant):
        """Return (first day, last day, open minutes, reason) of each range that is told at an instant."""
        today = instant.astimezone(STOCKHOLM).date()
        days = [today + n * DAY for n in range(-60, 61)]
        labels = [self.label(day) for day in days]
        differs = [self.open_minutes(day) != self.weekly[day.weekday()] for day in days]
        ranges = []
        for first, label in enumerate(labels):
            if isinstance(label, str):
                continue
            joined = {label} if label[0] else {label, "closed"}
            for last in range(first, len(days)):
                if labels[last] not in joined:
                    break
                if labels[last] == label and any(differs[first : last + 1]):
                    ranges.append((first, last, *label))
        whole = [
            one for one in ranges if not any(two != one and two[0] <= one[0] <= one[1] <= two[1] for two in ranges)
        ]
        return [
            (days[first], days[last], *label)
            for first, last, *label in whole
            if days[first] <= today + 7 * DAY and days[last] >= today
        ]


SPRING = ("2026-03-29", "2027-03-28", "2028-03-26", "2029-03-25", "2030-03-31")
AUTUMN = ("2026-10-25", "2027-10-31", "2028-10-29", "2029-10-28", "2030-10-27")
OFFICE_DAYS = dict.fromkeys(range(5), hours("08:00-16:00"))
FIRST, LAST = date(2026, 1, 2), date(2030, 12, 30)

minutes_of_day = st.sampled_from([0, 480, 1439]) | st.integers(110, 190) | st.integers(0, 1439)
one_in_four = st.integers(0, 3).map(lambda number: number == 0)


@st.composite
def intervals(draw):
    opens, closes = sorted((draw(minutes_of_day), draw(minutes_of_day)))
    if draw(one_in_four) or opens == closes:
        closes = 0
    return Interval(time(*divmod(opens, 60)), time(*divmod(closes, 60)))


days = st.lists(intervals(), max_size=3) | st.just(hours("00:00-00:00"))


# Made once: Hypothesis looks through each strategy that is new to it, which took half the time of these tests.
LENGTHS = st.just(0) | st.integers(0, 12)
NEAR = st.just(0) | st.integers(-9, 12) | st.integers(380, 410)  # days from the case's, the last around the horizon
OTHERS = st.lists(st.tuples(NEAR, LENGTHS, st.just(()) | days, st.sampled_from(["", "", "Flytt"])), max_size=4)
DAYS = (
    (st.sampled_from(SPRING) | st.sampled_from(AUTUMN)).map(date.fromisoformat)
    | st.sampled_from(sorted(day for day in HOLIDAYS if FIRST <= day <= LAST))
    | st.dates(FIRST, LAST)
)
WEEKS = st.dictionaries(st.integers(0, 6), days, max_size=7) | st.just(OFFICE_DAYS)
FOLDS = st.integers(0, 1)
SHIFTS = st.sampled_from(
    (timedelta(0), -MINUTE, MINUTE, timedelta(microseconds=-1), timedelta(seconds=30))
) | st.integers(-90, 90).map(lambda n: n * MINUTE)


@st.composite
def cases(draw):
    """Draw (weekly, exceptions, open_on_holidays) and a moment, all three near each other."""
    day, weekly = draw(DAYS), draw(WEEKS)
    exceptions = [
        OtherHours(day + near * DAY, day + (near + length) * DAY, tuple(spans), reason)
        for near, length, spans, reason in draw(OTHERS)
    ]
    listed = [each for spans in (*weekly.values(), *(other.intervals for other in exceptions)) for each in spans]
    edges = [time(0), *(each.opens for each in listed), *(each.closes for each in listed)]
    wall = draw(st.sampled_from(edges)).replace(fold=draw(FOLDS))
    instant = datetime.combine(day, wall, STOCKHOLM).astimezone(UTC) + draw(SHIFTS)
    return (weekly, exceptions, draw(st.booleans())), instant
