"""Which mutants are tried: drawn with a seed, each place in the code at most once.

cosmic-ray makes up to eleven mutants of one operator at one place, most of which fail alike. Of these one is
drawn, so that the sample speaks of many places. What is drawn depends on the texts of lines, not on their
numbers or on other lines: most of the sample stays when code moves.
"""

import ast
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from cosmic_ray.commands import init
from cosmic_ray.work_db import WorkDB
from cosmic_ray.work_item import MutationSpec, WorkerOutcome, WorkItem, WorkResult

type Place = tuple[Path, str, tuple[int, int]]
type Range = tuple[tuple[int, int], tuple[int, int]]


def draw(session: WorkDB, modules: Iterable[Path], seed: int, number: int) -> None:
    """Fill a session with all mutants, and mark those that are not drawn as skipped."""
    init(modules, session, {})
    items = session.work_items
    drawn = set(sorted(_one_of_each_place(items, seed))[:number])
    skipped = [item.job_id for item in items if item.job_id not in {job_id for _rank, job_id in drawn}]
    session.set_multiple_results(skipped, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))


def _one_of_each_place(items: Iterable[WorkItem], seed: int) -> list[tuple[str, str]]:
    """Return a rank, the same for the same code and seed, and the id of one mutant of each place."""
    places: dict[Place, list[WorkItem]] = defaultdict(list)
    annotations: dict[Path, list[Range]] = {}
    for item in items:
        (mutation,) = item.mutations
        path = mutation.module_path
        if path not in annotations:
            annotations[path] = _annotations(path.read_text(encoding="utf-8"))
        # A type that cannot be built fails wherever the module is imported: that says nothing of the tests.
        if not any(begin <= mutation.start_pos < end for begin, end in annotations[path]):
            places[path, _family(mutation), mutation.start_pos].append(item)
    seen: Counter[str] = Counter()
    found = []
    for place in sorted(places):
        variants = sorted(places[place], key=lambda item: _order(item.mutations[0]))
        content = " ".join((str(seed), variants[0].mutations[0].definition_name or "", place[1], _line(place)))
        rank = hashlib.sha256(f"{content} {seen[content]}".encode()).hexdigest()
        seen[content] += 1
        found.append((rank, variants[int(rank, 16) % len(variants)].job_id))
    return found


def _annotations(source: str) -> list[Range]:
    """Return where types stand."""
    typed = []
    for node in ast.walk(ast.parse(source)):
        typed += [getattr(node, name, None) for name in ("annotation", "returns")]
        typed += [node.value] if isinstance(node, ast.TypeAlias) else []
    return [((node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)) for node in typed if node]


def _family(mutation: MutationSpec) -> str:
    """Return an operator's name without what it puts in the place of what: ReplaceComparisonOperator."""
    return mutation.operator_name.partition("/")[2].partition("_")[0]


def _order(mutation: MutationSpec) -> tuple[str, int]:
    return mutation.operator_name, mutation.occurrence


def _line(place: Place) -> str:
    path, _operator, (number, _column) = place
    return path.read_text(encoding="utf-8").splitlines()[number - 1].strip()
