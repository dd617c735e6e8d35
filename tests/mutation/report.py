"""What became of the mutants: a line for each, and a table at the end."""

import re
import sys
from collections import Counter, defaultdict
from enum import StrEnum

from cosmic_ray.work_db import WorkDB
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkItem, WorkResult

from tests.mutation import survivors
from tests.mutation.survivors import Survivor

WANTED = 0.9  # of all mutants killed
FAILED_TEST = re.compile(r"^(FAILED|ERROR) \S+::", re.MULTILINE)


class Outcome(StrEnum):
    """How a mutant ended; `AT_IMPORT` is a kill that any test would have made."""

    BY_TEST = "by a test"
    AT_IMPORT = "at import"
    TIMEOUT = "timeout"
    SURVIVED = "survived"

    @classmethod
    def of(cls, result: WorkResult) -> "Outcome":
        """Return the outcome of one that was tried."""
        if result.test_outcome == TestOutcome.SURVIVED:
            return cls.SURVIVED
        if result.output == "timeout":
            return cls.TIMEOUT
        return cls.BY_TEST if FAILED_TEST.search(result.output or "") else cls.AT_IMPORT


def pending(session: WorkDB) -> list[WorkItem]:
    """Return the mutants that are to be tried."""
    again = [item for item, result in session.completed_work_items if result.worker_outcome == WorkerOutcome.NO_TEST]
    return [*session.pending_work_items, *again]


def forget_survivors(session: WorkDB) -> None:
    """Have the mutants tried again that no test has noticed."""
    again = [item.job_id for item, _result in _survivors(session)]
    session.set_multiple_results(again, WorkResult(WorkerOutcome.NO_TEST))


def take_named_survivors(session: WorkDB) -> None:
    """Count what is named in survivors.toml as survived, without trying it."""
    for item in pending(session):
        if result := survivors.named(item):
            session.set_result(item.job_id, result)


def tell(item: WorkItem, result: WorkResult) -> None:
    """Print what became of one mutant."""
    module, function, line, becomes = Survivor.of(item, result)
    _print(f"{Outcome.of(result):<10} {module} {function}: {line} → {becomes}")


def conclude(session: WorkDB) -> int:
    """Print the table and the survivors without a reason; return the status to end with."""
    counts: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for item, result in _tried(session):
        counts[item.mutations[0].module_path.as_posix()][Outcome.of(result)] += 1
    total = sum(counts.values(), Counter())
    _print("\n| module | mutants | killed | " + " | ".join(Outcome) + " |\n|---|" + "---:|" * (2 + len(Outcome)))
    for name, row in [*sorted(counts.items()), ("all", total)]:
        share = 1 - row[Outcome.SURVIVED] / row.total()
        _print(f"| {name} | {row.total()} | {share:.0%} | " + " | ".join(str(row[each]) for each in Outcome) + " |")
    unknown = {Survivor.of(item, result) for item, result in _survivors(session)} - survivors.known().keys()
    if unknown:
        _print(f"\nNot in {survivors.FILE.name}:\n\n{survivors.as_toml(unknown)}")
    return int(bool(unknown) or total[Outcome.SURVIVED] > (1 - WANTED) * total.total())


def _tried(session: WorkDB) -> list[tuple[WorkItem, WorkResult]]:
    return [
        (item, result) for item, result in session.completed_work_items if result.worker_outcome == WorkerOutcome.NORMAL
    ]


def _survivors(session: WorkDB) -> list[tuple[WorkItem, WorkResult]]:
    return [(item, result) for item, result in _tried(session) if Outcome.of(result) == Outcome.SURVIVED]


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
