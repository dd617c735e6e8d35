"""When a coordinator, or a municipality's social services, can be expected to answer: weekdays, in office hours.

Nobody has told us more, so nothing here says that somebody is there now. What can be said is when nobody is: on
Saturdays, Sundays, public holidays and the eves that the law puts beside them, and on a weekday before and after
office hours. These are the support line's, which keeps office hours too, where an editor has entered them (from
its first opening of the weekday to its last closing; not its dated exceptions, which are its own); but no office
is open before seven or after six, whatever the line's hours are.
"""

from collections.abc import Sequence
from datetime import time

from contacts.intervals import MIDNIGHT, Interval
from contacts.opening_hours import Schedule

WORKING_DAYS = range(5)
LONGEST_DAY = Interval(time(7), time(18))


def office_hours(line: Schedule | None) -> Schedule:
    """Return the hours outside which no office is open; `line` is the support line's, None where they are not known."""
    weekly = line.weekly if line else {}
    return Schedule({weekday: [_office_day(weekly.get(weekday, ()))] for weekday in WORKING_DAYS})


def _office_day(line: Sequence[Interval]) -> Interval:
    if not line:
        return LONGEST_DAY
    opens = max(line[0].opens, LONGEST_DAY.opens)
    closes = LONGEST_DAY.closes if line[-1].closes == MIDNIGHT else min(line[-1].closes, LONGEST_DAY.closes)
    return Interval(opens, closes) if opens < closes else LONGEST_DAY
