"""How each command that runs by itself has gone the last time."""

from django.db import models


class JobRun(models.Model):
    """A row for each such command that has ever run. Times are UTC, as everywhere in the database."""

    command = models.CharField(max_length=100, unique=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # of the last run that ended, whatever came of it
    succeeded_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)  # of the last run; empty when all went well

    def __str__(self) -> str:
        return self.command
