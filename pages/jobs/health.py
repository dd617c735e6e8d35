"""Whether jobs run and mail goes out: for the admin, and for who watches the site from outside."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from pages.jobs.models import JobRun
from pages.jobs.schedule import is_overdue
from pages.outbox.models import LATE, WaitingMail
from pages.registry import registered_jobs


@dataclass(frozen=True, slots=True)
class Trouble:
    """A job that does not run, or that could not do everything."""

    label: Any
    command: str
    is_overdue: bool
    succeeded_at: Any  # None when it never did
    error: str


def troubles() -> list[Trouble]:
    """Return the jobs that are overdue or failed the last time. One query."""
    runs = {run.command: run for run in JobRun.objects.all()}
    now = timezone.now()
    found = []
    for job in registered_jobs():
        run = runs.get(job.command)
        late = is_overdue(job, run, now)
        if late or (run and run.error):
            succeeded_at, error = (run.succeeded_at, run.error) if run else (None, "")
            found.append(Trouble(job.label, job.command, late, succeeded_at, error))
    return found


def jobs_are_well() -> tuple[bool, str]:
    """Tell whether every job runs, and in words which do not or failed, and how long ago each ended (seconds).

    Not why it failed: others may read it. One that ran and failed leaves the site well: a page that cannot be
    published is no reason to stop serving.
    """
    found = troubles()
    late = [trouble.command for trouble in found if trouble.is_overdue]
    failed = [trouble.command for trouble in found if not trouble.is_overdue]
    words = [f"{name}: {', '.join(commands)}" for name, commands in (("overdue", late), ("failed", failed)) if commands]
    now = timezone.now()
    runs = JobRun.objects.order_by("command")
    ages = [f"{run.command} ended {(now - run.ended_at).total_seconds():.0f} s ago" for run in runs if run.ended_at]
    return not late, "; ".join([*(words or ["every job runs"]), *ages])


def mail_is_well() -> tuple[bool, str]:
    """Tell whether mail goes out, and in words how many wait and how many could not be sent, without their addresses.

    What one recipient's server refuses, while other mail goes out, is no reason to stop serving.
    """
    unsent, troubled = WaitingMail.objects.unsent(), WaitingMail.objects.troubled()
    late = troubled.filter(given_up_at=None, created_at__lt=timezone.now() - LATE).first()
    is_well = late is None or WaitingMail.objects.filter(mailed_at__gt=late.created_at).exists()
    return is_well, f"{unsent.count()} waiting, {troubled.count()} not sent"
