"""Remind owners of what they are to review; run every day."""

from argparse import ArgumentParser
from typing import Any

from pages.jobs.command import JobCommand
from pages.review.reminders import BEFORE, BETWEEN_REMINDERS, addresses, due, remind


class Command(JobCommand):
    """Writes the reminders that are due; they are sent as all mail is."""

    help = (
        f"Remind owners of pages, publications and contacts that are to be reviewed within {BEFORE.days} days, "
        f"at most every {BETWEEN_REMINDERS.days} days."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say who would be reminded of what")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        if dry_run:
            for review in due():
                self.stdout.write(f"{review.thing}: {review.review_by}, {', '.join(addresses(review)) or 'nobody'}")
            return
        self.stdout.write(f"{remind()} reminders written.")
