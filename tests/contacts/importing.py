"""Imports as the command line makes them."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def run(command: str, path: Path, *arguments: str) -> str:
    """Import a file; return what is printed."""
    out = StringIO()
    call_command(command, path, *arguments, stdout=out)
    return out.getvalue()


def faults(command: str, path: Path, *arguments: str) -> list[tuple[int, str]]:
    """Import a file that is refused; return the row and the column of each fault."""
    errors = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command(command, path, *arguments, stderr=errors)
    assert refused.value.returncode == 1
    places = [line.partition(":")[0].split(", ") for line in errors.getvalue().splitlines()]
    assert places, "refused without saying why"
    return [(int(row.split()[1]), column[0].split()[1] if column else "") for row, *column in places]


def csv_file(folder: Path, text: str, encoding: str = "utf-8", newline: str = "\r\n") -> Path:
    """Write a file as a spreadsheet does."""
    path = folder / "fil.csv"
    path.write_bytes(text.replace("\n", newline).encode(encoding))
    return path
