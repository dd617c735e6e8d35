"""When a job is due, and when it is overdue. Clocks may be put back: what is said to lie ahead has not been done."""

from datetime import datetime, timedelta

from django.utils import timezone

from pages.jobs.models import JobRun
from pages.registry import Job

TRY_AGAIN = timedelta(hours=1)  # a daily job that failed
LATE_TICK = timedelta(minutes=15)  # timers may run every five minutes what `serve` runs every minute
LATE_DAY = timedelta(hours=26)
STARTED = timezone.now()


def is_due(job: Job, run: JobRun | None, now: datetime) -> bool:
    """Tell whether a job is to run now; one that has never run is, or when its hour has come in this process."""
    if run is None:
        return not job.takes_long or _last_hour(job, now) > STARTED
    if run.started_at > now:
        return True
    if job.every:
        return now - run.started_at >= job.every
    is_done = run.succeeded_at is not None and _last_hour(job, now) <= run.succeeded_at <= now
    return not is_done and (run.started_at < _last_hour(job, now) or now - run.started_at >= TRY_AGAIN)


def is_overdue(job: Job, run: JobRun | None, now: datetime) -> bool:
    """Tell whether a job has not ended for so long that nobody seems to run it.

    One that has never run is waited for from the start of this process on.
    """
    if run is None or run.ended_at is None:
        return now - (run.started_at if run else STARTED) > (LATE_DAY if job.takes_long else LATE_TICK)
    return now - run.ended_at > (LATE_TICK if job.every else LATE_DAY)


def _last_hour(job: Job, now: datetime) -> datetime:
    """Return when a daily job was last to begin, in the site's time zone, which changes between summer and winter."""
    local = timezone.localtime(now)
    hour = local.replace(hour=job.hour, minute=0, second=0, microsecond=0)
    return hour if hour <= local else hour - timedelta(days=1)
