"""How many judged queries of the lookup are answered, by kind: `uv run python -m tests.contacts.lookup_figures`.

Prints the figures beside those that are kept, with the queries that are not answered; with `--write`
keeps them. A query is found if it leads straight to a wanted place, or if that is among the choices.
"""

import argparse
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from contacts.findings import MAX_RESULTS
from contacts.lookup import find_places
from contacts.named_places import Place
from contacts.place_names import PlaceKind

REGISTER = Path(__file__).parents[2] / "contacts" / "register"
DATA = Path(__file__).with_name("data")
QUERIES = DATA / "lookup_queries.json"
FIGURES = DATA / "lookup_figures.json"
NO_PLACE = {"none", "unclear"}  # nothing may be taken for granted: a choice, or nothing


@dataclass
class Figure:
    """Queries of a kind: all, those that are found, and those that lead straight to a wrong place."""

    queries: int = 0
    found: int = 0
    wrong: int = 0


def read_places() -> list[Place]:
    """Return the places of the register as the database holds them, without a database."""
    files = {PlaceKind.COUNTY: "counties.csv", PlaceKind.MUNICIPALITY: "municipalities.csv"}
    places = []
    for kind, name in files.items():
        with (REGISTER / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                code = row.pop("code")
                places.append(Place(kind, code, code[:2], tuple(row.values())))
    return places


def read_queries() -> list[dict]:
    """Return the judged queries: `query`, `wanted` codes and `kind`."""
    return json.loads(QUERIES.read_text(encoding="utf-8"))


def judge(query: dict, places: list[Place]) -> tuple[bool, bool]:
    """Tell whether a query is found, and whether it leads straight to a wrong place."""
    finding = find_places(query["query"], places)
    wanted = set(query["wanted"])
    codes = [place.code for place in finding.places[:MAX_RESULTS]]
    is_wrong = finding.is_certain and codes[0] not in wanted
    return not is_wrong and bool(wanted & {*codes, *NO_PLACE}), is_wrong


def measure() -> tuple[dict[str, Figure], list[str]]:
    """Return the figures by kind, and the queries that are not found."""
    places = read_places()
    figures: dict[str, Figure] = defaultdict(Figure)
    missed = []
    for query in read_queries():
        found, wrong = judge(query, places)
        figure = figures[query["kind"]]
        figure.queries += 1
        figure.found += found
        figure.wrong += wrong
        if not found:
            missed.append(f"{'WRONG ' * wrong}{query['kind']}: {query['query']} {query['wanted']}")
    return dict(sorted(figures.items())), missed


def kept() -> dict[str, Figure]:
    """Return the figures that are kept, by kind."""
    return {kind: Figure(**figure) for kind, figure in json.loads(FIGURES.read_text(encoding="utf-8")).items()}


def _lines(figures: dict[str, Figure], before: dict[str, Figure]) -> Iterator[str]:
    for kind, figure in figures.items():
        was = before[kind].found if kind in before else 0
        found = f"{figure.found:4} of {figure.queries:4} (kept: {was:4})"
        yield f"{kind:28} {found}, straight to a wrong place: {figure.wrong}"


def main() -> None:
    """Measure, print, and keep what was measured if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="keep the figures")
    options = parser.parse_args()
    figures, missed = measure()
    lines = [*missed, *_lines(figures, kept() if FIGURES.exists() else {})]
    sys.stdout.write("\n".join([*lines, ""]))
    if options.write:
        text = json.dumps({kind: asdict(figure) for kind, figure in figures.items()}, indent=2)
        FIGURES.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
