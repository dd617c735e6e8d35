"""Names beside the official ones that the lookup knows: `contacts/register/README.md` says what each file holds."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from contacts.place_names import ParsedName

REGISTER = Path(__file__).parent / "register"
CODE_OF_COUNTY = 2  # digits


@dataclass(frozen=True, slots=True)
class OtherName:
    """A name of no row of the register, with the codes of all counties and municipalities that it may mean."""

    label: str
    parsed: ParsedName
    codes: tuple[str, ...]


type NamesByFolded = Mapping[str, tuple[OtherName, ...]]


@cache
def aliases() -> NamesByFolded:
    """Return other names of one place, by what `ParsedName` folds whole; one without codes lies elsewhere."""
    return _by_whole(OtherName(row["alias"], *_parsed(row["alias"], row["codes"])) for row in _rows("aliases.csv"))


@cache
def areas() -> NamesByFolded:
    """Return areas that are no county any more, or never were: provinces, former counties, parts of the country."""
    return _by_whole(OtherName(row["area"], *_parsed(row["area"], row["codes"])) for row in _rows("areas.csv"))


@cache
def localities() -> NamesByFolded:
    """Return towns, villages and districts, those that are spelled differently apart: Råby, Raby.

    The list is not complete: a place of the name may lie elsewhere too.
    """
    codes: dict[str, set[str]] = {}
    for row in [*_rows("localities.csv"), *_rows("districts.csv")]:
        codes.setdefault(row["name"], set()).add(row["code"])
    return _by_whole(OtherName(name, *_parsed(name, " ".join(closest(known)))) for name, known in codes.items())


def closest(codes: Iterable[str]) -> list[str]:
    """Leave out a county of which a municipality is among the codes too; sorted."""
    counties = {code[:CODE_OF_COUNTY] for code in codes if len(code) > CODE_OF_COUNTY}
    return sorted(set(codes) - counties)


def _parsed(name: str, codes: str) -> tuple[ParsedName, tuple[str, ...]]:
    return ParsedName.read(name), tuple(codes.split())


def _by_whole(names: Iterable[OtherName]) -> NamesByFolded:
    found: dict[str, list[OtherName]] = {}
    for name in names:
        found.setdefault(name.parsed.whole, []).append(name)
    return {folded: tuple(same) for folded, same in found.items()}


def _rows(name: str) -> list[dict[str, str]]:
    with (REGISTER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
