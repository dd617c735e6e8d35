"""The mutants that no test notices, and why: survivors.toml.

A survivor is known by its module, function and the changed line before and after, wherever that line moves.
"""

import json
import tomllib
from collections.abc import Iterable
from difflib import unified_diff
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.util import read_python_source
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkItem, WorkResult

FILE = Path(__file__).with_name("survivors.toml")


class Survivor(NamedTuple):
    """One mutant; `line` and `becomes` are the changed lines without their indentation.

    Where lines are only taken away, `becomes` is the one that followed.
    """

    module: str
    function: str
    line: str
    becomes: str

    @classmethod
    def of(cls, item: WorkItem, result: WorkResult) -> "Survivor":
        """Return what a mutant is known by that was tried."""
        (mutation,) = item.mutations
        shown = (result.diff or "").splitlines()[2:]  # without the names of the files
        before, after = (" ".join(line[1:].strip() for line in shown if line[0] == sign).strip() for sign in "-+")
        if not after:  # a line is gone
            after = next((line.strip() for line in reversed(shown) if line[0] == " "), "")
        return cls(mutation.module_path.as_posix(), mutation.definition_name or "", before, after)


def diff(original: str, mutated: str) -> str:
    """Return what a mutation changes, with a line on both sides."""
    return "\n".join(unified_diff(original.splitlines(), mutated.splitlines(), lineterm="", n=1))


def named(item: WorkItem) -> WorkResult | None:
    """Return the result of a mutant that is named in survivors.toml; it counts as one that was tried."""
    (mutation,) = item.mutations
    original = read_python_source(mutation.module_path)
    mutated = mutate_code(original, get_operator(mutation.operator_name)(), mutation.occurrence)
    result = WorkResult(WorkerOutcome.NORMAL, "named", TestOutcome.SURVIVED, diff(original, mutated))
    return result if Survivor.of(item, result) in known() else None


@cache
def known() -> dict[Survivor, str]:
    """Return the survivors that have been looked at, with their reasons."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8")).get("survivor", [])
    return {Survivor(*(row[name] for name in Survivor._fields)): row["reason"] for row in rows}


def as_toml(survivors: Iterable[Survivor]) -> str:
    """Return rows to complete with a reason; strings of JSON are strings of TOML."""
    rows = []
    for survivor in sorted(survivors):
        values = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in survivor._asdict().items()]
        rows.append("\n".join(["[[survivor]]", *values, 'reason = ""', ""]))
    return "\n".join(rows)
