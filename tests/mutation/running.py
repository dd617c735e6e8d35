"""Trying mutants: each worker mutates a copy of the repository of its own, never the working tree."""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path

from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.testing import run_tests
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkItem, WorkResult

from tests.mutation import operators

type Tests = Mapping[Path, Sequence[str]]

# Plain output for the reason of each failure; the same examples for every mutant.
PYTEST = "-m pytest -q -x --tb=line --hypothesis-seed=0 -p no:randomly -p no:cacheprovider -p tests.mutation.prepared"
LONGEST = 600  # seconds for the tests of one module as it is


def execute(items: Sequence[WorkItem], tests: Tests, workers: int) -> Iterator[tuple[WorkItem, WorkResult]]:
    """Try mutants, and yield each with its result when it is there."""
    with _copy() as folder, ProcessPoolExecutor(workers, initializer=_enter_copy_of, initargs=(folder,)) as pool:
        modules = sorted({item.mutations[0].module_path for item in items})
        # The first makes what `prepared` keeps.
        limits = {path: pool.submit(_limit, tests[path]).result() for path in modules}
        runs = {pool.submit(_try, item, tests, limits): item for item in items}
        try:
            for run in as_completed(runs):
                yield runs[run], run.result()
        finally:
            pool.shutdown(cancel_futures=True)


@contextmanager
def _copy() -> Iterator[Path]:
    """Yield a folder with a copy of what the repository holds, also what is not committed yet."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
    with tempfile.TemporaryDirectory(prefix="mutation-") as name:
        folder = Path(name)
        for path in filter(Path.is_file, map(Path, names)):
            target = folder / "original" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)
        yield folder


def _enter_copy_of(folder: Path) -> None:
    """Prepare a worker."""
    own = folder / str(os.getpid())
    shutil.copytree(folder / "original", own)
    os.chdir(own)
    os.environ |= {"DATABASE_URL": "sqlite", "DATA_DIR": str(own / "var"), "PREPARED_SITE": str(folder / "prepared")}
    operators.register()


def _command(tests: Sequence[str]) -> str:
    return shlex.join([sys.executable, *PYTEST.split(), *tests])


def _limit(tests: Sequence[str]) -> float:
    """Return how many seconds the tests of a module may take; they must pass while nothing is mutated."""
    began = time.monotonic()
    outcome, output = run_tests(_command(tests), LONGEST)
    if outcome != TestOutcome.SURVIVED:
        raise RuntimeError(f"The tests fail without a mutation.\n{output}")
    return 2 * (time.monotonic() - began) + 10


def _try(item: WorkItem, tests: Tests, limits: Mapping[Path, float]) -> WorkResult:
    path = item.mutations[0].module_path
    result = mutate_and_test(item.mutations, _command(tests[path]), limits[path])
    if result.worker_outcome != WorkerOutcome.NORMAL or result.test_outcome == TestOutcome.INCOMPETENT:
        raise RuntimeError(f"{item} could not be tried.\n{result.output}")
    return result
