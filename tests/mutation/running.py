"""Trying mutants in workers, each in a copy of the repository of its own: the working tree is never changed."""

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from cosmic_ray.work_db import WorkDB
from cosmic_ray.work_item import WorkerOutcome, WorkItem, WorkResult

type Tests = Mapping[str, Sequence[str]]

JOB = "MUTATION_JOB"  # variable of the environment: what a worker is to do
# The same examples and order for every mutant.
PYTEST = (
    *("-m", "pytest", "-q", "-x", "--tb=line", "--capture=no", "--hypothesis-seed=0", "--numprocesses=0"),
    *("-p", "no:randomly", "-p", "tests.mutation.prepared"),
)
OUTPUT = "worker.log"
SHOWN = 4000  # characters of what a worker that failed has said


def command(tests: Sequence[str]) -> str:
    """Return the command that runs tests up to the first that fails."""
    return shlex.join([sys.executable, *PYTEST, *tests])


def execute(
    session: WorkDB, items: Sequence[WorkItem], tests: Tests, workers: int
) -> Iterator[tuple[WorkItem, WorkResult]]:
    """Try mutants of a session, and yield each with its result when it is there."""
    waiting = {item.job_id: item for item in items}
    modules = {item.mutations[0].module_path.as_posix() for item in items}
    tests = {module: tests[module] for module in modules}  # the others' are not even collected
    shares = [[*waiting][number::workers] for number in range(workers)]
    with ExitStack() as stack:
        copies = [stack.enter_context(_copy()) for share in shares if share]
        jobs = [{"session": str(session.name()), "mutants": share, "tests": tests} for share in shares if share]
        processes = [stack.enter_context(_worker(copy, job)) for copy, job in zip(copies, jobs, strict=True)]
        while waiting:
            have_ended = all(process.poll() is not None for process in processes)
            for job_id, result in session.results:
                if job_id in waiting and result.worker_outcome == WorkerOutcome.NORMAL:
                    yield waiting.pop(job_id), result
            if waiting and have_ended:
                raise RuntimeError("\n".join((copy / OUTPUT).read_text()[-SHOWN:] for copy in copies))
            time.sleep(5)


@contextmanager
def _copy() -> Iterator[Path]:
    """Yield a folder with a copy of what the repository holds, also what is not committed yet."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, capture_output=True, text=True, check=True).stdout.split("\0")
    with tempfile.TemporaryDirectory(prefix="mutation-") as name:
        for path in filter(Path.is_file, map(Path, names)):
            target = Path(name) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)
        yield Path(name)


@contextmanager
def _worker(copy: Path, job: dict[str, Any]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker in its copy; it ends with its work, or with this process."""
    files = sorted({test for tests in job["tests"].values() for test in tests})
    environment = os.environ | {
        "DATABASE_URL": "sqlite",
        "DATA_DIR": str(copy / "var"),
        "PREPARED_SITE": str(copy / "prepared"),
        JOB: json.dumps(job),
    }
    with (copy / OUTPUT).open("wb") as output:
        process = subprocess.Popen(
            shlex.split(command(["-p", "tests.mutation.worker", *files])),
            cwd=copy,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait()
