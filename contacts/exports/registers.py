"""The registers that anyone may use as data, with the meaning of each field.

JSON has the values of `rows`. In CSV the levels of a name are joined by "_", and several values
of one field by a comma, in the same order in each column.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.exports import rows
from contacts.exports.rows import Row, Value


@dataclass(frozen=True, slots=True)
class Field:
    """A field by its name in JSON, its meaning, and its columns in CSV."""

    name: str
    meaning: str | Promise
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """A register by its name in addresses and in JSON."""

    name: str
    title: str | Promise
    fields: tuple[Field, ...]
    rows: Callable[[], Iterable[Row]]

    @property
    def columns(self) -> list[str]:
        """The header of the CSV file."""
        return [column for field in self.fields for column in field.columns]

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


def _field(name: str, meaning: str | Promise, *parts: str) -> Field:
    return Field(name, meaning, tuple(f"{name}_{part}" for part in parts) or (name,))


# In CSV a number is a tel: address, since a cell that begins with + is a formula to a spreadsheet.
_NUMBER = ("uri", "shown_sv")

REGISTERS = {
    register.name: register
    for register in (
        Register(
            "coordinators",
            _("Regional coordinators"),
            (
                _field("uid", _("Identifier of the entry, a UUID; the same for as long as there is the entry")),
                _field("name", _("Name")),
                _field("role", _("Role, by language"), "sv", "en"),
                _field("employer", _("Employer")),
                _field("target_group", _("Works with: adults, children or both")),
                _field("counties", _("Counties: official code and name"), "code", "name_sv", "name_en"),
                _field(
                    "phones",
                    _("Numbers: kind (direct, mobile or switchboard), E.164, tel: address, and as the site writes it"),
                    "kind",
                    *_NUMBER,
                ),
                _field("email", _("Work e-mail; empty when there is none")),
                _field("note", _("Note to readers, by language"), "sv", "en"),
                _field("deputy", _("Identifier of the deputy, when that entry is published")),
                _field("is_example", _("True for an invented person of the demonstration")),
                _field("confirmed_on", _("Date when the coordinator last said that the entry is right")),
                _field("vcard", _("Address of the entry as a vCard, by language"), "sv", "en"),
            ),
            rows.coordinators,
        ),
        Register(
            "municipalities",
            _("Municipalities"),
            (
                _field("code", _("Official code of four digits (Statistics Sweden)")),
                _field("name", _("Name, by language"), "sv", "en"),
                _field("formal_name", _("Formal name in Swedish")),
                _field("county", _("County: official code and name"), "code", "name_sv", "name_en"),
                _field("social_services", _("Number of the social services, when it is known"), *_NUMBER),
                _field("out_of_hours", _("Number of the out-of-hours social services, when it is known"), *_NUMBER),
                _field("website", _("Web address")),
                _field("source", _("Where the numbers come from")),
                _field("checked_on", _("Date when the numbers were checked")),
            ),
            rows.municipalities,
        ),
    )
}
