"""The columns of coordinators' entries, and what they mean."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contacts.imports.files import Row
from contacts.models import Coordinator, CoordinatorPhone, County, PhoneKind

REQUIRED = ("name", "role_sv", "employer", "target_group", "counties", "phones")
OPTIONAL = ("uid", "email", "role_en", "note_sv", "note_en", "confirmed_on", "publish")

_ABOUT_THE_ROW = ("uid", "publish")
_FIELDS = {field.name: field for field in Coordinator._meta.fields}
_NUMBER = next(field for field in CoordinatorPhone._meta.fields if field.name == "number")
_PHONE = re.compile(rf"(?:(?P<kind>{'|'.join(PhoneKind.values)})\s+)?(?P<number>[\d\s()+./-]+)")


def read_into(entry: Coordinator, row: Row, counties: dict[str, County]) -> bool:
    """Give an unsaved version what the row says; return whether any of it is new.

    Raises ValidationError with all that is wrong with the row.
    """
    values: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for column, cell in row.cells.items():
        if column in REQUIRED and not cell:
            errors[column] = [_("Fill this in.")]
        elif column not in _ABOUT_THE_ROW:
            try:
                values[column] = _read(row, column, counties)
            except ValidationError as error:
                errors[column] = error.messages
    if errors:
        raise ValidationError(errors)
    new = {column: value for column, value in values.items() if value != _now(entry, column)}
    for column, value in new.items():
        _write(entry, column, value)
    return bool(new)


def _read(row: Row, column: str, counties: dict[str, County]) -> Any:
    cell = row.cells[column]
    match column:
        case "counties":
            return _counties(cell, counties)
        case "phones":
            return [_phone(text.strip()) for text in cell.split(",")]
        case "confirmed_on":
            return row.date(column)
        case "email":
            return _email(cell)
        case _:
            return _FIELDS[column].clean(cell, None)


def _counties(cell: str, counties: dict[str, County]) -> list[County]:
    codes = {code.zfill(2) for code in re.split(r"[\s,]+", cell) if code}  # a spreadsheet takes the zero away
    if unknown := sorted(codes - counties.keys()):
        raise ValidationError(_("No county has the code %s.") % ", ".join(unknown))
    return [counties[code] for code in sorted(codes)]


def _phone(text: str) -> tuple[str, str]:
    """Return kind and number (E.164)."""
    parts = _PHONE.fullmatch(text)
    if parts is None:
        kinds = ", ".join(PhoneKind.values)
        raise ValidationError(_("Write numbers as in “040-628 04 00, mobile 070-174 06 05”. The kinds are %s.") % kinds)
    return parts["kind"] or PhoneKind.DIRECT.value, _NUMBER.clean(parts["number"], None).as_e164


def _email(cell: str) -> str:
    """Return an address to publish, which nobody signs in with: the version is saved without asking the model."""
    if Coordinator.objects.signing_in_with(cell).exists():
        raise ValidationError(_("This address is used for signing in. Write another one for readers."))
    return _FIELDS["email"].clean(cell, None)


def _now(entry: Coordinator, column: str) -> Any:
    match column:
        case "counties":
            return sorted(entry.counties.all(), key=lambda county: county.code) if entry.pk else []
        case "phones":
            return [(phone.kind, phone.number.as_e164) for phone in entry.phones.all()]
        case "confirmed_on":
            return entry.confirmed_on
        case _:
            return getattr(entry, column) or ""


def _write(entry: Coordinator, column: str, value: Any) -> None:
    if column == "phones":
        entry.phones = [
            CoordinatorPhone(kind=kind, number=number, sort_order=order) for order, (kind, number) in enumerate(value)
        ]
    else:
        setattr(entry, column, value)
