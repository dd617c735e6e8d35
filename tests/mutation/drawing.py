"""Which mutants are tried: drawn with a seed, each place in the code at most once.

cosmic-ray makes up to eleven mutants of one operator at one place, most of which fail alike. Of these one is
drawn, so that the sample speaks of many places. What is drawn depends on the texts of lines, not on their
numbers or on other lines: most of the sample stays when code moves.
"""

import ast
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import islice
from operator import itemgetter
from pathlib import Path
from warnings import catch_warnings

from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.util import read_python_source
from cosmic_ray.work_db import WorkDB
from cosmic_ray.work_item import MutationSpec, WorkerOutcome, WorkItem, WorkResult

type Place = tuple[Path, str, tuple[int, int]]
type Range = tuple[tuple[int, int], tuple[int, int]]


def draw(session: WorkDB, modules: Iterable[Path], seed: int, number: int) -> None:
    """Fill a session with all mutants, and mark those that are not drawn as skipped."""
    init(modules, session, {})
    items = session.work_items
    drawn = {item.job_id for item in islice(filter(_compiles, _one_of_each_place(items, seed)), number)}
    skipped = {item.job_id for item in items} - drawn
    session.set_multiple_results(skipped, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))


def _one_of_each_place(items: Iterable[WorkItem], seed: int) -> list[WorkItem]:
    """Return one mutant of each place, in an order that is the same for the same code and seed."""
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
    found: list[tuple[str, WorkItem]] = []
    for place in sorted(places):
        variants = sorted(places[place], key=lambda item: _order(item.mutations[0]))
        content = " ".join((str(seed), variants[0].mutations[0].definition_name or "", place[1], _line(place)))
        rank = hashlib.sha256(f"{content} {seen[content]}".encode()).hexdigest()
        seen[content] += 1
        found.append((rank, variants[int(rank, 16) % len(variants)]))
    return [item for _rank, item in sorted(found, key=itemgetter(0))]


def _compiles(item: WorkItem) -> bool:
    """Tell whether a mutant is Python, without a warning, which is an error in the tests.

    cosmic-ray takes the stars of `**options` for a power, and asks whether a text is the same object as another.
    """
    (mutation,) = item.mutations
    operator = get_operator(mutation.operator_name)()
    mutant = mutate_code(read_python_source(mutation.module_path), operator, mutation.occurrence)
    try:
        with catch_warnings(action="error"):
            compile(mutant, "mutant", "exec")
    except (SyntaxError, SyntaxWarning):
        return False
    return True


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
