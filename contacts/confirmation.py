"""How long a coordinator's "still right" is worth something to a reader."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from contacts.opening_hours import STOCKHOLM

HOLDS_FOR = timedelta(days=180)


def today() -> date:
    """Return the date in Stockholm, whatever zone is active."""
    return timezone.localdate(timezone=STOCKHOLM)


def is_outdated(confirmed_on: date) -> bool:
    """Tell whether a confirmation of this date is too old; the 180th day after it is not."""
    return today() - confirmed_on > HOLDS_FOR


def ends_at(confirmed_on: date) -> datetime:
    """Return the moment (in Stockholm) from which a confirmation of this date is too old."""
    return datetime.combine(confirmed_on + HOLDS_FOR + timedelta(days=1), time(), STOCKHOLM)
