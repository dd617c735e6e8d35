"""The fields of the registers as plain values, in every language at once."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from phonenumber_field.phonenumber import PhoneNumber

from contacts.fields import Field, Is, Kind
from contacts.models import County
from contacts.phone_numbers import dialled, format_phone
from pages.html.links import view_urls
from pages.languages import language_codes, localized_values

type Value = str | bool | list["Value"] | dict[str, "Value"] | None


def exported(row: Any, field: Field) -> Value:
    """Return the value of a field of a coordinator, municipality or support line as JSON has it."""
    if Is.LOCALIZED in field.traits:
        return _by_language(row, field.name)
    if field.kind is Kind.CARD:
        urls = view_urls("coordinator-card", row.uid)
        return {language: settings.SITE_URL + url for language, url in urls.items()}
    return _WRITERS.get(field.kind, str)(getattr(row, field.name))


def csv_columns(field: Field) -> list[str]:
    """Return the columns of a field: its name, or those of the levels of its value."""
    # A number is a tel: address, since a cell that begins with + is a formula to a spreadsheet.
    number = ["uri", f"shown_{settings.LANGUAGE_CODE}"]
    county = ["code", *(f"name_{language}" for language in language_codes())]
    parts = {
        Kind.NUMBER: number,
        Kind.LINE_NUMBER: ["uri", "shown"],
        Kind.PHONES: ["kind", *number],
        Kind.COUNTY: county,
        Kind.COUNTIES: county,
        Kind.CARD: language_codes(),
    }.get(field.kind, language_codes() if Is.LOCALIZED in field.traits else [])
    return [f"{field.export_name}_{part}" for part in parts] or [field.export_name]


def _by_language(row: Any, name: str) -> dict[str, Value]:
    return {language: value or "" for language, value in localized_values(row, name).items()}


def _county(county: County) -> dict[str, Value]:
    return {"code": county.code, "name": _by_language(county, "name")}


def _number(number: PhoneNumber) -> dict[str, Value]:
    shown: dict[str, Value] = {language: format_phone(number, language) for language in language_codes()}
    return {"e164": number.as_e164, "uri": f"tel:{number.as_e164}", "shown": shown}


def _line_number(number: str) -> Value:
    return {"uri": dialled(number), "shown": number} if number else None


_WRITERS: dict[Kind, Callable[[Any], Value]] = {  # of all that is not written as text
    Kind.DATE: lambda day: day.isoformat() if day else None,
    Kind.FLAG: bool,
    Kind.NUMBER: lambda number: _number(number) if number else None,
    Kind.LINE_NUMBER: _line_number,
    Kind.PHONES: lambda phones: [{"kind": phone.kind, **_number(phone.number)} for phone in phones.all()],
    Kind.COUNTY: _county,
    Kind.COUNTIES: lambda counties: [_county(county) for county in counties.all()],
    Kind.ENTRY: lambda entry: str(entry.uid) if entry and entry.live else None,
}
