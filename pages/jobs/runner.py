"""The threads of a server that run what is due: one for what takes a moment, one for what takes long."""

import logging
import time
from io import StringIO
from threading import Thread

from django.core.management import CommandError, call_command
from django.db import Error as DatabaseError
from django.db import connections
from django.utils import timezone

from pages.jobs.lock import job_lock
from pages.jobs.models import JobRun
from pages.jobs.schedule import is_due
from pages.registry import registered_jobs

logger = logging.getLogger(__name__)

TICK_SECONDS = 5


def start() -> None:
    """Run jobs from now on, in threads that end with the process: what they were doing is rolled back."""
    for name, long in (("jobs", False), ("long jobs", True)):
        Thread(target=_run, kwargs={"long": long}, name=name, daemon=True).start()


def run_due(*, long: bool = False) -> None:
    """Run every job that is due, of those that take long or of the others, unless another process is at it."""
    with job_lock(long=long) as is_held:
        if not is_held:
            return
        runs = {run.command: run for run in JobRun.objects.all()}
        for job in registered_jobs():
            if job.takes_long == long and is_due(job, runs.get(job.command), timezone.now()):
                _run_one(job.command)


def _run_one(command: str) -> None:
    try:
        call_command(command, stdout=StringIO(), stderr=StringIO())
    except DatabaseError:
        raise
    except CommandError as error:
        logger.warning("%s: %s", command, error)
    except Exception:  # the next job runs all the same
        logger.exception("The job %s failed.", command)


def _run(*, long: bool) -> None:
    while True:
        time.sleep(TICK_SECONDS)
        try:
            run_due(long=long)
        except Exception:  # it must go on; the log keeps one a minute
            logger.exception("Jobs could not be run.")
        finally:
            connections.close_all()
