"""Remind coordinators whose entry nobody has confirmed for long; run every day."""

from argparse import ArgumentParser
from typing import Any

from contacts.reminders import BETWEEN_REMINDERS, UNCONFIRMED_FOR, address, due, remind
from pages.jobs.command import JobCommand


class Command(JobCommand):
    """Writes the reminders that are due; they are sent as all mail is."""

    help = (
        f"Remind coordinators whose entry nobody has confirmed for {UNCONFIRMED_FOR} days, "
        f"at most every {BETWEEN_REMINDERS} days."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say who would be reminded")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        if dry_run:
            for coordinator in due():
                self.stdout.write(f"{coordinator.name} <{address(coordinator)}>")
            return
        self.stdout.write(f"{remind()} reminders written.")
