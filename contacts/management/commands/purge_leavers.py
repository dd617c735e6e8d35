"""Delete the personal data of coordinators who left long ago; run every day."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.utils import timezone

from contacts.purging import months_before, purge
from pages.jobs.command import JobCommand


class Command(JobCommand):
    """Deletes coordinators who left more than LEAVERS_KEPT_MONTHS ago, and sessions that are over."""

    help = "Delete the personal data of coordinators who left more than LEAVERS_KEPT_MONTHS ago, and ended sessions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say who would be deleted")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        left_by = months_before(timezone.localdate(), settings.LEAVERS_KEPT_MONTHS)
        purged = purge(left_by, dry_run=dry_run)
        for uid in purged:
            self.stdout.write(str(uid))
        verb = "would be deleted" if dry_run else "deleted"
        self.stdout.write(f"{len(purged)} {verb}: left by {left_by}.")
