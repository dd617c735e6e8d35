"""How dates and times are written."""

from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import pgettext


def date_and_time(value: datetime) -> str:
    """Write date and time in Stockholm: 24 november 2026, 16.00 in Swedish, 24 November 2026, 16:00 in English."""
    return formats.date_format(timezone.localtime(value), pgettext("as Django's date filter takes it", "j F Y, H:i"))
