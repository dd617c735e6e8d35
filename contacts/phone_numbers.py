"""Phone numbers as each language writes them."""

import re

from django.conf import settings
from phonenumbers import PhoneNumber, PhoneNumberFormat, format_number

SWEDEN = 46  # calling code
_NOT_DIALLED = re.compile(r"\(0\)|[ -]")


def format_phone(number: PhoneNumber, language: str | None) -> str:
    """Write a Swedish number the national way (08-465 004 00) in the site's default language, else internationally."""
    is_national = language == settings.LANGUAGE_CODE and number.country_code == SWEDEN
    return format_number(number, PhoneNumberFormat.NATIONAL if is_national else PhoneNumberFormat.INTERNATIONAL)


def dialled(number: str) -> str:
    """Return a number as a `tel:` address dials it: digits, after a + where there is one."""
    return f"tel:{_NOT_DIALLED.sub('', number)}"


def number_mark(key: str) -> str:
    """Return what stands in the rich text that refers to the number of a contact."""
    return f'number="{key}"'
