"""A pytest plug-in that tries mutants in place of running the tests: one process, which forks for each mutant.

Pytest takes four seconds of the processor to start with this site, a fork takes none. What a fork cannot try or
does not notice is tried by a new process, which imports the mutant from its file.
"""

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import pytest
from cosmic_ray.mutating import use_mutation
from cosmic_ray.plugins import get_operator
from cosmic_ray.testing import run_tests
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkItem, WorkResult

from tests.mutation import in_place, operators
from tests.mutation.running import JOB, command
from tests.mutation.survivors import diff

LONGEST = 600  # seconds for the tests of one module as it is
LOG = Path("mutant.log")
OUTCOMES = {0: TestOutcome.SURVIVED, 1: TestOutcome.KILLED}  # by the status of a fork
# Of the files of mutants, each its own second: Python takes what it has compiled for a file of that time and size.
TIMES = count(1)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Try this worker's share of the mutants, and write the results into the session of cosmic-ray."""
    operators.register()
    job = json.loads(os.environ[JOB])
    share, limits = set(job["mutants"]), {}
    with use_db(job["session"], WorkDB.Mode.open) as work:
        for item in [item for item in work.work_items if item.job_id in share]:
            path = item.mutations[0].module_path
            tests = job["tests"][path.as_posix()]
            if path not in limits:
                limits[path] = _limit(session, tests)
            work.set_result(item.job_id, _try(session, item, tests, limits[path]))
    return True


def _limit(session: pytest.Session, tests: Sequence[str]) -> float:
    """Return how many seconds the tests of a module may take; they must pass while nothing is mutated."""
    began = time.monotonic()
    outcome, output = _run_in_fork(session, tests, {}, LONGEST)
    if outcome != TestOutcome.SURVIVED:
        raise RuntimeError(f"The tests fail without a mutation.\n{output}")
    return 5 * (time.monotonic() - began) + 30  # on a machine that does more than this


def _try(session: pytest.Session, item: WorkItem, tests: Sequence[str], limit: float) -> WorkResult:
    (mutation,) = item.mutations
    operator = get_operator(mutation.operator_name)()
    # In the file as well, for tests that start processes.
    with use_mutation(mutation.module_path, operator, mutation.occurrence) as (original, mutated):
        os.utime(mutation.module_path, times=(next(TIMES),) * 2)
        found = in_place.replacements(mutation.module_path, original, mutated)
        outcome, output = TestOutcome.INCOMPETENT, ""
        if found:
            outcome, output = _run_in_fork(session, tests, found, limit)
        if outcome != TestOutcome.KILLED:
            outcome, output = run_tests(command(tests), limit + 30)
    return WorkResult(WorkerOutcome.NORMAL, output, outcome, diff(original, mutated))


def _run_in_fork(
    session: pytest.Session, tests: Sequence[str], found: in_place.Replacements, limit: float
) -> tuple[TestOutcome, str]:
    """Run tests with other code of some functions; the answer is that of `run_tests`.

    A fork that ends in another way than its tests do says nothing: INCOMPETENT.
    """
    child = os.fork()
    if not child:
        _be_the_fork(session, [item for test in tests for item in session.items if item.location[0] == test], found)
    deadline = time.monotonic() + limit
    while (ended := os.waitpid(child, os.WNOHANG)) == (0, 0):
        if time.monotonic() > deadline:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return TestOutcome.KILLED, "timeout"
        time.sleep(0.01)
    outcome = OUTCOMES.get(os.waitstatus_to_exitcode(ended[1]), TestOutcome.INCOMPETENT)
    return outcome, LOG.read_text(encoding="utf-8")


def _be_the_fork(session: pytest.Session, items: Sequence[pytest.Item], found: in_place.Replacements) -> None:
    """Run tests up to the first that fails, and end."""
    status = 2
    try:
        os.setsid()
        for stream in (1, 2):
            os.dup2(os.open(LOG, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND), stream)
        in_place.replace(found)
        status = int(_fails(session, items))
    except BaseException:  # noqa: BLE001  (nothing may run on in two processes)
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(status)


def _fails(session: pytest.Session, items: Sequence[pytest.Item]) -> bool:
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            sys.stdout.write(f"\nFAILED {item.nodeid}\n")
            break
    session._setupstate.teardown_exact(None)
    return bool(session.testsfailed)
