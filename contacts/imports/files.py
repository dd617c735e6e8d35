"""CSV files as spreadsheets write them: UTF-8 with or without a mark, comma or semicolon."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contacts.confirmation import today


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where; rows are counted as a spreadsheet shows them, the header is 1."""

    row: int
    column: str  # "" when it is the whole row
    message: str

    def __str__(self) -> str:
        where = _("row %d") % self.row
        if self.column:
            where += ", " + _("column %s") % self.column
        return f"{where}: {self.message}"


class FileRefused(Exception):  # noqa: N818  (the file is wrong, not the code)
    """Nothing of the file is imported."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        super().__init__()
        self.faults = list(faults)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row by column, without the spaces around them."""

    number: int
    cells: dict[str, str]

    def date(self, column: str) -> date | None:
        """Return the date in a cell, None when it is empty; raise ValidationError for any other text."""
        cell = self.cells[column]
        if not cell:
            return None
        try:
            found = date.fromisoformat(cell)
        except ValueError:
            raise ValidationError({column: _("Write the date as in 2026-11-24.")}) from None
        if found > today():
            raise ValidationError({column: _("This day is still to come.")})
        return found

    def faults(self, error: ValidationError) -> list[Fault]:
        """Return what a check refused as faults: in the column of the field's name, where there is one."""
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        return [
            Fault(self.number, field if field in self.cells else "", message)
            for field, messages in by_field.items()
            for message in messages
        ]


def read_rows(path: Path, required: Iterable[str], optional: Iterable[str]) -> list[Row]:
    """Return the rows below the header that have something in them.

    Raises FileRefused when the file is no such table, and OSError when it cannot be read.
    """
    table = _table(_decoded(path.read_bytes()))
    header = [cell.strip() for cell in table[0]] if table else []
    filled = [(number, cells) for number, cells in enumerate(table, 1) if any(map(str.strip, cells))]
    faults = list(_header_faults(header, list(required), list(optional))) or [
        Fault(number, "", _("This row has another number of cells than the header."))
        for number, cells in filled
        if len(cells) != len(header)
    ]
    if faults:
        raise FileRefused(faults)
    return [Row(number, dict(zip(header, map(_cell, cells), strict=True))) for number, cells in filled[1:]]


def _table(text: str) -> list[list[str]]:
    header = text.partition("\n")[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    table: list[list[str]] = []
    try:
        table.extend(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise FileRefused([Fault(len(table) + 1, "", _("This is not CSV (%s).") % error)]) from error
    return table


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise FileRefused([Fault(row, "", _("This is not UTF-8. Save the file as “CSV UTF-8”."))]) from error
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        raise FileRefused([Fault(row, "", _("There is a character here that is no text (NUL)."))])
    return text


def _header_faults(header: list[str], required: list[str], optional: list[str]) -> Iterator[Fault]:
    for column in required:
        if column not in header:
            yield Fault(1, column, _("The column is missing."))
    for column in dict.fromkeys(header):
        if header.count(column) > 1:
            yield Fault(1, column, _("The column is there twice."))
        if column not in required and column not in optional:
            known = ", ".join([*required, *optional])
            yield Fault(1, column or "–", _("There is no such column. These are known: %s.") % known)


def _cell(cell: str) -> str:
    """Return what was meant: some files keep spreadsheets from calculating with an apostrophe in front."""
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@"} else cell
