"""Whether jobs run and mail goes out: for the admin, and for who watches the site from outside."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily

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
    ages = [f"{command} ended {age:.0f} s ago" for command, age in _ages().items()]
    return not late, "; ".join([*(words or ["every job runs"]), *ages])


def _ages() -> dict[str, float]:
    """Return how long ago each job ended (seconds)."""
    now = timezone.now()
    ended = JobRun.objects.order_by("command").values_list("command", "ended_at")
    return {command: (now - ended_at).total_seconds() for command, ended_at in ended if ended_at}


def job_numbers() -> Iterator[GaugeMetricFamily]:
    """Yield how the jobs went as numbers for `/metrics`."""
    age = GaugeMetricFamily("site_job_age_seconds", "Time since the last run of a job ended", labels=["job"])
    for command, seconds in _ages().items():
        age.add_metric([command], seconds)
    trouble = GaugeMetricFamily("site_job_trouble", "1 where a job is overdue or failed", labels=["job", "kind"])
    for found in troubles():
        trouble.add_metric([found.command, "overdue" if found.is_overdue else "failed"], 1)
    yield from (age, trouble)


def mail_numbers() -> Iterator[GaugeMetricFamily]:
    """Yield how many mails wait, and how many of them could not be sent."""
    waiting = WaitingMail.objects.unsent().count()
    yield GaugeMetricFamily("site_mail_waiting", "Mails that wait to be sent", value=waiting)
    not_sent = WaitingMail.objects.troubled().count()
    yield GaugeMetricFamily("site_mail_not_sent", "Mails that could not be sent", value=not_sent)


def mail_is_well() -> tuple[bool, str]:
    """Tell whether mail goes out, and in words how many wait and how many could not be sent, without their addresses.

    What one recipient's server refuses, while other mail goes out, is no reason to stop serving.
    """
    unsent, troubled = WaitingMail.objects.unsent(), WaitingMail.objects.troubled()
    late = troubled.filter(given_up_at=None, created_at__lt=timezone.now() - LATE).first()
    is_well = late is None or WaitingMail.objects.filter(mailed_at__gt=late.created_at).exists()
    return is_well, f"{unsent.count()} waiting, {troubled.count()} not sent"
