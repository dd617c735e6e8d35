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
from contacts.fields import COORDINATOR_FIELDS, MUNICIPALITY_FIELDS, Field
from contacts.models import Coordinator, Municipality


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
        """Yield each row as JSON has it. Three queries for coordinators, one for municipalities."""
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
    )
}
