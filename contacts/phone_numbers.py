"""Phone numbers as each language writes them."""

from phonenumbers import PhoneNumber, PhoneNumberFormat, format_number

SWEDEN = 46  # calling code


def format_phone(number: PhoneNumber, language: str) -> str:
    """Write a Swedish number the Swedish way in Swedish (08-465 004 00), any other internationally."""
    is_swedish = language == "sv" and number.country_code == SWEDEN
    return format_number(number, PhoneNumberFormat.NATIONAL if is_swedish else PhoneNumberFormat.INTERNATIONAL)
