"""The numbers to call, in the words of schema.org."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from contacts.intervals import WHOLE_DAY, Interval, OtherHours
from contacts.models import HoursStatus, Level
from contacts.opening_hours import Schedule
from contacts.who_to_call import CallRow, WhoToCall
from pages.site_frame import Sender
from pages.structured_data import CONTEXT, agency

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def organization(call: WhoToCall, sender: Sender) -> dict[str, Any]:
    """Describe the agency behind the site with its support line; its hours only when an editor has confirmed them."""
    points = [_contact_point(row) for row in call.rows if row.line.level == Level.ADVICE]
    return {"@context": CONTEXT, **agency(sender), "url": settings.SITE_URL, "contactPoint": points}


def _contact_point(row: CallRow) -> dict[str, Any]:
    line = row.line
    point: dict[str, Any] = {
        "@type": "ContactPoint",
        "name": line.name,
        "telephone": line.number_from_abroad or line.number,
        "contactType": line.heading,
        "areaServed": "SE",
        "availableLanguage": get_language(),
    }
    if line.hours_status == HoursStatus.CONFIRMED and line.schedule:
        point["hoursAvailable"] = list(_opening_hours(line.schedule, row.coming))
    return point


def _opening_hours(schedule: Schedule, coming: Iterable[OtherHours]) -> Iterator[dict[str, str]]:
    for weekday, name in enumerate(DAYS):
        for interval in schedule.weekly[weekday]:
            yield _hours(interval, dayOfWeek=f"{CONTEXT}/{name}")
    for days in coming:
        dates = {"validFrom": days.first_day.isoformat(), "validThrough": days.last_day.isoformat()}
        yield from (_hours(each, **dates) for each in days.intervals or (None,))


def _hours(interval: Interval | None, **when: str) -> dict[str, str]:
    """Describe an open stretch, or None for closed, as search engines read it: 00:00-00:00 is closed for them."""
    times = "00:00", "00:00"
    if interval in WHOLE_DAY:
        times = "00:00", "23:59"
    elif interval:
        times = f"{interval.opens:%H:%M}", f"{interval.closes:%H:%M}"
    return {"@type": "OpeningHoursSpecification", "opens": times[0], "closes": times[1], **when}
