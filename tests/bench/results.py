"""The figures of a run: a table as they come, and a file."""

import json
import os
import platform
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

LIMITS = {"<=": float.__le__, ">=": float.__ge__}


def is_missed(shown: float, wanted: str) -> bool:
    """Tell whether a figure is not what was wanted, such as ">= 0.80"; "" wants nothing."""
    if not wanted:
        return False
    sign, limit = wanted.split()
    return not LIMITS[sign](float(shown), float(limit))


@dataclass(slots=True)
class Results:
    """Named figures, each the median of its rounds."""

    rows: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, name: str, values: list[float], unit: str, wanted: str = "") -> None:
        """Keep a figure and write its line, marked where it is not what was wanted."""
        shown = statistics.median(values)
        missed = is_missed(shown, wanted)
        self.rows[name] = {"median": round(shown, 3), "unit": unit, "wanted": wanted, "missed": missed, "all": values}
        mark = "MISSED" if missed else ""
        sys.stdout.write(f"{name:<62} {shown:>12,.3f} {unit:<8} {wanted:<10} {mark}\n")
        sys.stdout.flush()

    def write(self) -> Path:
        """Write the run to a file of its own, with the machine and the commit that it measured, and return its path."""
        commit = subprocess.run(
            ["git", "describe", "--always", "--dirty"],
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
        run = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "commit": commit.stdout.strip(),
            "python": platform.python_version(),
            "cores": len(os.sched_getaffinity(0)),
            "rows": self.rows,
        }
        target = settings.BASE_DIR / "var" / "bench" / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(run, indent=1))
        return target
