"""The figures of the search on judged queries, by kind: `uv run python -m tests.pages.search.figures`.

Prints them for the starter content in a temporary folder; `--write` also writes them into `figures.json`, to
which `test_figures.py` compares. The queries (`judged.json`) were written and graded by somebody who had not
seen the ranking; those of the kind "answered wrong before" were added when they were. A grade belongs to a part
of an address ("=" before it: the whole address; "#p-…": a part of the manual): 3 for the best answer, 2 for a
good one, 1 for what touches the matter. A query without grades has nothing to find and counts in no figure.

Per cent of the queries whose first hit is right, with a right one among three, with nothing found; and nDCG@10,
whose gain of a grade is 2^grade - 1. A grade of 2 is right, or of 1 where there is no better.
"""

import argparse
import json
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import log2
from pathlib import Path
from typing import Any

import django

FOLDER = Path(__file__).parent
FIGURES = FOLDER / "figures.json"
RIGHT = 2  # the grade from which a hit is right
DEPTH = 10

type Grades = Mapping[str, int]
type Figures = dict[str, float]  # per cent


def judged() -> list[dict[str, Any]]:
    """Return the queries: `lang`, `query`, `kind` and `grades`."""
    rows: list[dict[str, Any]] = json.loads((FOLDER / "judged.json").read_text(encoding="utf-8"))
    return rows


def grade_key(url: str, grades: Grades) -> str:
    """Return which of the graded addresses an address is, the best of them; "" where it is none."""
    fits = [key for key in grades if (url == key[1:] if key.startswith("=") else key in url)]
    return max(fits, key=lambda key: (grades[key], key), default="")


def points(shown: Iterable[str], grades: Grades) -> Figures:
    """Return the figures of one query: `shown` are the addresses of its hits, best first."""
    got: list[int] = []
    counted: set[str] = set()
    for url in list(shown)[:DEPTH]:
        key = grade_key(url, grades)
        got.append(grades[key] if key and key not in counted else 0)
        counted.add(key)
    best = sorted(grades.values(), reverse=True)
    right = min(RIGHT, best[0])
    return {
        "first": 100.0 * any(grade >= right for grade in got[:1]),
        "three": 100.0 * any(grade >= right for grade in got[:3]),
        "ndcg": 100 * gain(got) / gain(best),
        "nothing": 100.0 * (not got),
    }


def gain(grades: Iterable[int]) -> float:
    """Return the discounted gain of the first ten grades."""
    return sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(list(grades)[:DEPTH]))


def figures() -> dict[str, Figures]:
    """Return the mean figures of each kind of query, and of all."""
    from tests.pages.search.test_queries import hits

    by_kind: dict[str, list[Figures]] = defaultdict(list)
    for row in judged():
        if row["grades"]:
            own = points([url for _kind, url in hits(row["lang"], row["query"])], row["grades"])
            by_kind[row["kind"]].append(own)
            by_kind["all"].append(own)
    return {
        kind: {"queries": len(rows)} | {name: round(sum(row[name] for row in rows) / len(rows), 1) for name in rows[0]}
        for kind, rows in sorted(by_kind.items())
    }


def main() -> None:
    """Load the starter content into a temporary folder, and tell the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write what was measured into figures.json")
    is_written = parser.parse_args().write
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "config.settings"}
        django.setup()
        from django.test.utils import setup_test_environment

        from tests.bench.search import prepare

        setup_test_environment()

        prepare(0)
        found = figures()
    for kind, row in found.items():
        sys.stdout.write(f"{kind:24}" + "".join(f"{name} {value:<7}" for name, value in row.items()) + "\n")
    if is_written:
        FIGURES.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
