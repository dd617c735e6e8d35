"""Phone numbers as each language writes them."""

from django.conf import settings
from phonenumbers import PhoneNumber, PhoneNumberFormat, format_number

SWEDEN = 46  # calling code


def format_phone(number: PhoneNumber, language: str | None) -> str:
    """Write a Swedish number the national way (08-465 004 00) in the site's default language, else internationally."""
    is_national = language == settings.LANGUAGE_CODE and number.country_code == SWEDEN
    return format_number(number, PhoneNumberFormat.NATIONAL if is_national else PhoneNumberFormat.INTERNATIONAL)
