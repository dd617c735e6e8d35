"""Import the numbers of municipalities' social services from a CSV file."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from contacts.fields import MUNICIPALITY_FIELDS, Is
from contacts.imports.cells import read_cells
from contacts.imports.command import ImportCommand, ImportRow
from contacts.imports.files import Row
from contacts.models import Municipality
from contacts.own_entry.values import MUNICIPALITY_VALUES, differences, read_values, write_values

IMPORTED = [field for field in MUNICIPALITY_FIELDS if Is.IMPORTED in field.traits]


class Command(ImportCommand):
    """Imports numbers, web addresses, and where they come from; the site shows them at once."""

    help = "Import the numbers of municipalities' social services from a CSV file: the whole file or nothing."
    required = ["code", *(field.name for field in IMPORTED if Is.REQUIRED in field.traits)]
    optional = [field.name for field in IMPORTED if Is.REQUIRED not in field.traits]

    def importer(self) -> ImportRow:
        municipalities = Municipality.objects.select_for_update().in_bulk()
        first_rows: dict[str, int] = {}

        def import_row(row: Row) -> str:
            code = row.cells["code"].zfill(4)  # a spreadsheet takes the zero away
            if code not in municipalities:
                raise ValidationError({"code": _("No municipality has this code.")})
            if first_rows.setdefault(code, row.number) != row.number:
                raise ValidationError({"code": _("Row %d is about the same municipality.") % first_rows[code]})
            return _save(municipalities[code], row)

        return import_row


def _save(municipality: Municipality, row: Row) -> str:
    before = read_values(municipality, MUNICIPALITY_VALUES)
    write_values(municipality, read_cells(row, Municipality))
    try:
        municipality.validate_constraints()
    except ValidationError as error:
        raise ValidationError({"source": error.messages}) from error  # the one constraint on these fields asks for it
    after = read_values(municipality, MUNICIPALITY_VALUES)
    changes = differences(before, after)
    is_older = after["checked_on"] < before["checked_on"]  # an empty day is older than any
    if not changes or (is_older and changes.keys() == {"checked_on"}):
        return _("municipalities unchanged")
    if is_older:
        raise ValidationError({"checked_on": _("What is there now was checked later, on %s.") % before["checked_on"]})
    municipality.save()
    log(municipality, "contacts.import", content_changed=True, data={"changes": changes})
    return _("municipalities changed")
