"""Compare two runs of the bench: `uv run python -m tests.bench.compare before.json after.json`.

Each figure before and after, the change, and whether the rounds of the two overlap: then the change may be chance.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any


def lines(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return a line for each figure that both runs have, and one for each that only one has."""
    told = []
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            told.append(f"{name:<62} only {'after' if old is None else 'before'}")
            continue
        change = f"{new['median'] / old['median'] - 1:+8.1%}" if old["median"] else " " * 8
        overlap = min(new["all"]) <= max(old["all"]) and min(old["all"]) <= max(new["all"])
        marks = ["may be chance"] * overlap + ["MISSED"] * new["missed"]
        told.append(f"{name:<62} {old['median']:>10,.3f} {new['median']:>10,.3f} {change} {', '.join(marks)}")
    return told


def main() -> None:
    """Read both files and write the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    given = parser.parse_args()
    runs = [json.loads(path.read_text(encoding="utf-8")) for path in (given.before, given.after)]
    told = [f"{run['commit']} at {run['at']}, {run['cores']} cores, Python {run['python']}" for run in runs]
    told += lines(runs[0]["rows"], runs[1]["rows"])
    sys.stdout.write("\n".join(told) + "\n")


if __name__ == "__main__":
    main()
