"""Remind coordinators whose entry nobody has confirmed for long; run every day."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contacts.reminders import BETWEEN_REMINDERS, UNCONFIRMED_FOR, address, due, remind


class Command(BaseCommand):
    """Mails the reminders that are due; ends with 1 when one could not be sent."""

    help = (
        f"Remind coordinators whose entry nobody has confirmed for {UNCONFIRMED_FOR} days, "
        f"at most every {BETWEEN_REMINDERS} days. Ends with 1 when a reminder could not be sent."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say who would be reminded")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        if dry_run:
            for coordinator in due():
                self.stdout.write(f"{coordinator.name} <{address(coordinator)}>")
            return
        outcome = remind()
        self.stdout.write(f"{outcome.sent} reminders sent.")
        if outcome.failed:
            raise CommandError(f"{outcome.failed} could not be sent; they are tried again at the next run.")
