"""A command that runs by itself, in `serve` or by a timer, and notes how it went."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from pages.jobs.models import JobRun

ERROR_LENGTH = 2000
DRY = ("dry_run", "dryrun")  # a run that changes nothing is none


class JobCommand(BaseCommand):
    """Keeps when it ran and what went wrong; a `CommandError` tells editors, in their words, what was left undone."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command and note how it went."""
        if any(options.get(name) for name in DRY):
            return super().execute(*args, **options)
        command = type(self).__module__.rpartition(".")[2]
        run, _new = JobRun.objects.update_or_create(command=command, defaults={"started_at": timezone.now()})
        try:
            output = super().execute(*args, **options)
        except Exception as error:
            kind = "" if isinstance(error, CommandError) else type(error).__name__
            said = ": ".join(filter(None, (kind, str(error))))
            _note(run, error=said.encode("utf-8", "backslashreplace").decode().replace("\0", "")[:ERROR_LENGTH])
            raise
        _note(run, succeeded_at=timezone.now(), error="")
        return output


def _note(run: JobRun, **values: Any) -> None:
    JobRun.objects.filter(pk=run.pk).update(ended_at=timezone.now(), **values)
