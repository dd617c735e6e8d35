"""The columns of coordinators' entries, and what they mean."""

import re
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contacts.fields import BY_NAME, COORDINATOR_FIELDS, Is, Kind, names_with
from contacts.imports.files import Row
from contacts.models import Coordinator, CoordinatorPhone, PhoneKind
from contacts.own_entry.values import differences, read_values, write_values

ABOUT_THE_ROW = ("uid", "publish")
IMPORTED = names_with(Is.IMPORTED, COORDINATOR_FIELDS)
REQUIRED = [field.default_name for field in COORDINATOR_FIELDS if Is.REQUIRED in field.traits]
OPTIONAL = [name for name in (*ABOUT_THE_ROW, *IMPORTED) if name not in REQUIRED]

_NUMBER = CoordinatorPhone._meta.get_field("number")
_PHONE = re.compile(rf"(?:(?P<kind>{'|'.join(PhoneKind.values)})\s+)?(?P<number>[\d\s()+./-]+)")


def read_into(entry: Coordinator, row: Row, county_codes: Collection[str]) -> bool:
    """Give an unsaved version what the row says; return whether any of it is new.

    Raises ValidationError with all that is wrong with the row.
    """
    values: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for column, cell in row.cells.items():
        if column in REQUIRED and not cell:
            errors[column] = [_("Fill this in.")]
        elif column not in ABOUT_THE_ROW:
            try:
                values[column] = _read(row, column, county_codes)
            except ValidationError as error:
                errors[column] = error.messages
    if errors:
        raise ValidationError(errors)
    changes = differences(read_values(entry, values), values)
    write_values(entry, {column: change["new"] for column, change in changes.items()})
    return bool(changes)


def _read(row: Row, column: str, county_codes: Collection[str]) -> Any:
    """Return a cell as one of the plain values of the own pages."""
    cell = row.cells[column]
    match BY_NAME[column].kind:
        case Kind.COUNTIES:
            return _county_codes(cell, county_codes)
        case Kind.PHONES:
            return [_phone(text.strip()) for text in cell.split(",")]
        case Kind.DATE:
            return day.isoformat() if (day := row.date(column)) else ""
        case Kind.EMAIL if Coordinator.objects.signing_in_with(cell).exists():
            # The version is saved without asking the model.
            raise ValidationError(_("This address is used for signing in. Write another one for readers."))
        case _:
            return Coordinator._meta.get_field(column).clean(cell, None)


def _county_codes(cell: str, known: Collection[str]) -> list[str]:
    codes = {code.zfill(2) for code in re.split(r"[\s,]+", cell) if code}  # a spreadsheet takes the zero away
    if unknown := sorted(codes - set(known)):
        raise ValidationError(_("No county has the code %s.") % ", ".join(unknown))
    return sorted(codes)


def _phone(text: str) -> list[str]:
    """Return kind and number (E.164)."""
    parts = _PHONE.fullmatch(text)
    if parts is None:
        kinds = ", ".join(PhoneKind.values)
        raise ValidationError(_("Write numbers as in “040-628 04 00, mobile 070-174 06 05”. The kinds are %s.") % kinds)
    return [parts["kind"] or PhoneKind.DIRECT.value, _NUMBER.clean(parts["number"], None).as_e164]
