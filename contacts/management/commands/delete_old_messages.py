"""Delete what readers wrote, and what is known of mail, when it has been kept for long enough; run every day."""

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from contacts.models import ReaderMessage
from pages.jobs.command import JobCommand
from pages.outbox.sending import delete_old_mail

logger = logging.getLogger(__name__)


class Command(JobCommand):
    """Deletes messages from readers, and mail that was sent or given up, older than MESSAGES_KEPT_DAYS."""

    help = "Delete messages from readers that are older than MESSAGES_KEPT_DAYS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them, and say how many there were."""
        kept_since = timezone.now() - timedelta(days=settings.MESSAGES_KEPT_DAYS)
        number, _by_model = ReaderMessage.objects.filter(received_at__lt=kept_since).delete()
        logger.info("Deleted %s messages from before %s.", number, kept_since.date())
        self.stdout.write(f"{number} messages deleted.")
        self.stdout.write(f"{delete_old_mail()} mails forgotten.")
