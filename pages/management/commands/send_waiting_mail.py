"""Send the mail that waits; every minute where `serve` does not do it by itself."""

from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import ngettext

from pages.jobs.command import JobCommand
from pages.outbox.sending import send_waiting


class Command(JobCommand):
    """Sends what is due; ends with 1 when something could not be sent."""

    help = "Send the mail that waits. Ends with 1 when a mail could not be sent, which is tried again later."

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = send_waiting()
        self.stdout.write(f"{outcome.sent} sent.")
        if outcome.failed:
            words = ngettext(
                "%(number)d mail could not be sent.", "%(number)d mails could not be sent.", outcome.failed
            )
            raise CommandError(words % {"number": outcome.failed})
