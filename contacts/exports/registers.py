"""The registers that anyone may use as data, with the meaning of each field.

JSON has the values of `rows.exported`. In CSV the levels of a name are joined by "_", and several values
of one field by a comma, in the same order in each column.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.exports.rows import Value, csv_columns, exported
from contacts.fields import COORDINATOR_FIELDS, LOCALIZED, MUNICIPALITY_FIELDS, NOBODY, TEXT, Field, Kind
from contacts.models import Coordinator, Municipality, SupportLine


@dataclass(frozen=True, slots=True)
class Register:
    """A register by its name in addresses and in JSON, with the fields that have a meaning to others."""

    name: str
    title: str | Promise
    fields: list[Field]
    queryset: Callable[[], Iterable[Model]]

    @property
    def documentation(self) -> list[tuple[Field, list[str]]]:
        """The fields with their columns in the CSV file."""
        return [(field, csv_columns(field)) for field in self.fields]

    @property
    def columns(self) -> list[str]:
        """The header of the CSV file."""
        return [column for field in self.fields for column in csv_columns(field)]

    def rows(self) -> Iterator[dict[str, Value]]:
        """Yield each row as JSON has it. Three queries for coordinators and for lines, one for municipalities."""
        for row in self.queryset():
            yield {field.export_name: exported(row, field) for field in self.fields}

    def table(self) -> Iterator[list[str]]:
        """Yield the cells of each row."""
        for row in self.rows():
            cells = dict(_cells(row))
            yield [cells.get(column, "") for column in self.columns]


def _cells(value: Value, *names: str) -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            for name, part in value.items():
                yield from _cells(part, *names, name)
        case list():
            parts = [dict(_cells(part, *names)) for part in value]
            yield from ((column, ", ".join(part[column] for part in parts)) for column in (parts[0] if parts else []))
        case bool():
            yield "_".join(names), str(value).lower()
        case _:
            yield "_".join(names), value or ""


# Plain hours alone: whether a line is open is true for a moment, and a file is kept.
SUPPORT_LINE_FIELDS = (
    Field("level", TEXT, NOBODY, meaning=_("How urgent it is: danger, urgent or advice")),
    Field("heading", TEXT, NOBODY, LOCALIZED, _("How urgent it is, by language")),
    Field("name", TEXT, NOBODY, LOCALIZED, _("Who answers, by language")),
    Field("number", Kind.LINE_NUMBER, NOBODY, meaning=_("Number: tel: address, and as its owner writes it")),
    Field(
        "international_number", Kind.LINE_NUMBER, NOBODY, meaning=_("Number from abroad, where there is one of its own")
    ),
    Field("plain_hours", TEXT, NOBODY, LOCALIZED, _("Hours in words, by language")),
)

REGISTERS = {
    register.name: register
    for register in (
        Register(
            "coordinators",
            _("Regional coordinators"),
            [field for field in COORDINATOR_FIELDS if field.meaning],
            lambda: Coordinator.objects.published().prefetch_related("counties"),
        ),
        Register(
            "municipalities",
            _("Municipalities"),
            [field for field in MUNICIPALITY_FIELDS if field.meaning],
            lambda: Municipality.objects.select_related("county"),
        ),
        Register("lines", _("Numbers to call"), list(SUPPORT_LINE_FIELDS), SupportLine.objects.with_hours),
    )
}
