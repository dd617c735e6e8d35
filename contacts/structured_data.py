"""The numbers to call, in the words of schema.org."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from contacts.models import HoursStatus, SupportLine
from contacts.who_to_call import WhoToCall
from pages.structured_data import CONTEXT, PUBLISHER

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def organization(call: WhoToCall) -> dict[str, Any]:
    """Describe the agency with its support line; its hours only when an editor has confirmed them."""
    points = [_contact_point(row.line) for row in call.advice_rows]
    return {"@context": CONTEXT, **PUBLISHER, "url": settings.SITE_URL, "contactPoint": points}


def _contact_point(line: SupportLine) -> dict[str, Any]:
    point: dict[str, Any] = {
        "@type": "ContactPoint",
        "name": line.name,
        "telephone": line.number,
        "contactType": line.heading,
        "areaServed": "SE",
        "availableLanguage": get_language(),
    }
    if line.hours_status == HoursStatus.CONFIRMED:
        point["hoursAvailable"] = [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": f"{CONTEXT}/{DAYS[hours.weekday]}",
                "opens": f"{hours.opens:%H:%M}",
                "closes": f"{hours.closes:%H:%M}",
            }
            for hours in line.opening_hours.all()
        ]
    return point
