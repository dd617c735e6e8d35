"""A plain model of opening hours that walks the clock by the minute, and random schedules to compare it with.

The model has sets of open minutes by local date, and holidays written out by hand. Schedules and moments are
crowded where errors are: clock changes, midnight, edges.
"""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from contacts.opening_hours import STOCKHOLM, Interval

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


class Model:
    def __init__(self, weekly, exceptions, open_on_holidays):
        self.weekly, self.exceptions = weekly, exceptions
        self.holidays = set() if open_on_holidays else HOLIDAYS
        self.known = {}

    def open_minutes(self, day):
        if day not in self.known:
            regular = () if day in self.holidays else self.weekly.get(day.weekday(), ())
            self.known[day] = {
                minute
                for each in self.exceptions.get(day, regular)
                for minute in range(
                    each.opens.hour * 60 + each.opens.minute,
                    each.closes.hour * 60 + each.closes.minute or 1440,
                )
            }
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


SPRING = ("2026-03-29", "2027-03-28", "2028-03-26", "2029-03-25", "2030-03-31")
AUTUMN = ("2026-10-25", "2027-10-31", "2028-10-29", "2029-10-28", "2030-10-27")
FIRST, LAST = date(2026, 1, 2), date(2030, 12, 30)

minutes_of_day = st.sampled_from([0, 480, 1439]) | st.integers(110, 190) | st.integers(0, 1439)


@st.composite
def intervals(draw):
    opens, closes = sorted((draw(minutes_of_day), draw(minutes_of_day)))
    if opens == closes or draw(st.integers(0, 3)) == 0:
        closes = 0
    return Interval(time(*divmod(opens, 60)), time(*divmod(closes, 60)))


days = st.lists(intervals(), max_size=3) | st.just(hours("00:00-00:00"))


@st.composite
def cases(draw):
    """Draw (weekly, exceptions, open_on_holidays) and a moment, all three near each other."""
    day = draw(
        (st.sampled_from(SPRING) | st.sampled_from(AUTUMN)).map(date.fromisoformat)
        | st.sampled_from(sorted(day for day in HOLIDAYS if FIRST <= day <= LAST))
        | st.dates(FIRST, LAST)
    )
    near = st.just(0) | st.integers(-1, 9) | st.integers(380, 410)  # the last around the horizon
    weekly = draw(st.dictionaries(st.integers(0, 6), days, max_size=7))
    exceptions = draw(st.dictionaries(near.map(lambda n: day + n * DAY), days, max_size=4))
    listed = [each for spans in (*weekly.values(), *exceptions.values()) for each in spans]
    edges = [time(0), *(each.opens for each in listed), *(each.closes for each in listed)]
    wall = draw(st.sampled_from(edges)).replace(fold=draw(st.integers(0, 1)))
    instant = datetime.combine(day, wall, STOCKHOLM).astimezone(UTC)
    shifts = (timedelta(0), -MINUTE, MINUTE, timedelta(microseconds=-1), timedelta(seconds=30))
    instant += draw(st.sampled_from(shifts) | st.integers(-90, 90).map(lambda n: n * MINUTE))
    return (weekly, exceptions, draw(st.booleans())), instant
