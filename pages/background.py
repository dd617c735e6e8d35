"""What a server does beside answering."""

from django.conf import settings

from pages.jobs import runner
from pages.outbox import sender
from pages.outbox.sending import send_waiting


def start() -> None:
    """Send mail after answers, and run jobs, in threads of this process that end with it."""
    sender.start(send_waiting)
    if settings.JOBS:
        runner.start()
