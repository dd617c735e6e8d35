"""The cells of a row as the plain values of the own pages."""

import re
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from contacts.fields import BY_NAME, Is, Kind
from contacts.imports.files import Row
from contacts.models import Coordinator, CoordinatorPhone, County, PhoneKind
from contacts.own_entry.values import Values

_NUMBER: Any = CoordinatorPhone._meta.get_field("number")
_PHONE = re.compile(rf"(?:(?P<kind>{'|'.join(PhoneKind.values)})\s+)?(?P<number>[\d\s()+./-]+)")


def read_cells(row: Row, model: type[Model], filled: Collection[str] = ()) -> Values:
    """Return what the row says of a model's fields.

    Raises ValidationError with all that is wrong with it; cells of the columns `filled` may not be empty.
    """
    values: Values = {}
    errors: dict[str, list[str]] = {}
    for column, cell in row.cells.items():
        if column in filled and not cell:
            errors[column] = [_("Fill this in.")]
        elif column in BY_NAME and Is.IMPORTED in BY_NAME[column].traits:
            try:
                values[column] = _read(row, column, model)
            except ValidationError as error:
                errors[column] = error.messages
    if errors:
        raise ValidationError(errors)
    return values


def _read(row: Row, column: str, model: type[Model]) -> Any:
    cell = row.cells[column]
    match BY_NAME[column].kind:
        case Kind.DATE:
            return day.isoformat() if (day := row.date(column)) else ""
        case Kind.COUNTIES:
            return _county_codes(cell)
        case Kind.PHONES:
            return [_phone(text.strip()) for text in cell.split(",")]
        case Kind.EMAIL if Coordinator.objects.signing_in_with(cell).exists():
            # The version is saved without asking the model.
            raise ValidationError(_("This address is used for signing in. Write another one for readers."))
    field: Any = model._meta.get_field(column)
    value = field.clean(cell, None)
    return value.as_e164 if value and BY_NAME[column].kind is Kind.NUMBER else value


def _county_codes(cell: str) -> list[str]:
    codes = {code.zfill(2) for code in re.split(r"[\s,]+", cell) if code}  # a spreadsheet takes the zero away
    if unknown := sorted(codes - set(County.objects.values_list("code", flat=True))):
        raise ValidationError(_("No county has the code %s.") % ", ".join(unknown))
    return sorted(codes)


def _phone(text: str) -> list[str]:
    """Return kind and number (E.164)."""
    parts = _PHONE.fullmatch(text)
    if parts is None:
        kinds = ", ".join(PhoneKind.values)
        raise ValidationError(_("Write numbers as in “040-628 04 00, mobile 070-174 06 05”. The kinds are %s.") % kinds)
    return [parts["kind"] or PhoneKind.DIRECT.value, _NUMBER.clean(parts["number"], None).as_e164]
