"""The thread of a server that runs what is due."""

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
    """Run jobs from now on, in a thread that ends with the process: what it was doing is rolled back."""
    Thread(target=_run, name="jobs", daemon=True).start()


def run_due() -> None:
    """Run every job that is due, unless another process is at it."""
    with job_lock() as is_held:
        if not is_held:
            return
        runs = {run.command: run for run in JobRun.objects.all()}
        for job in registered_jobs():
            if is_due(job, runs.get(job.command), timezone.now()):
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


def _run() -> None:
    while True:
        time.sleep(TICK_SECONDS)
        try:
            run_due()
        except Exception:  # it must go on; the log keeps one a minute
            logger.exception("Jobs could not be run.")
        finally:
            connections.close_all()
