"""The table of the security standard: each requirement once, and every test that it names is there."""

import ast
import re
from pathlib import Path

from tests.repository.tree import text

TABLE = text(Path("config/ASVS.md"))
# Levels 1 and 2 of version 5.0.0, by section: the numbers of the first to the last, and those of level 3 among them.
SECTIONS = {
    "5.1": (1, ()),
    "5.2": (6, (4, 5, 6)),
    "5.3": (3, (3,)),
    "5.4": (3, ()),
    "6.1": (3, ()),
    "6.2": (12, (12,)),
    "6.3": (8, (4, 5, 6, 7, 8)),
    "6.4": (6, (5, 6)),
    "6.5": (8, (6, 7, 8)),
    "6.6": (4, (4,)),
    "6.8": (4, ()),
    "7.1": (3, ()),
    "7.2": (4, ()),
    "7.3": (2, ()),
    "7.4": (5, ()),
    "7.5": (3, (3,)),
    "7.6": (2, ()),
    "8.1": (4, (3, 4)),
    "8.2": (4, (4,)),
    "8.3": (3, (2, 3)),
    "8.4": (2, (2,)),
}


def rows() -> list[list[str]]:
    """Return the cells of each row."""
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.splitlines() if re.match(r"\| \d", line)
    ]


def test_every_requirement_of_level_two_stands_there_once():
    named = re.findall(r"\d\.\d\.\d+", " ".join(row[0] for row in rows()))
    expected = [
        f"{section}.{number}"
        for section, (last, third_level) in SECTIONS.items()
        for number in range(1, last + 1)
        if number not in third_level
    ]
    assert sorted(named) == sorted(expected)


def test_each_requirement_is_met_by_a_test_or_a_gap_or_asks_for_nothing():
    for number, _asks, how, test in rows():
        assert re.fullmatch(r"`tests/\S+\.py::test_\w+`|—", test), number
        assert test != "—" or "**Gap" in how or how == "none", number


def test_every_named_test_is_there():
    named = re.findall(r"`(tests/\S+\.py)::(test_\w+)`", TABLE)
    assert len(named) > 30
    for file, name in named:
        tree = ast.parse(text(Path(file)))
        assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, f"{file}::{name}"
