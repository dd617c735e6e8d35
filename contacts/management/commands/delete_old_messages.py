"""Delete what readers wrote when it has been kept for long enough; run every day."""

import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from contacts.models import ReaderMessage

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Deletes messages from readers that are older than MESSAGES_KEPT_DAYS."""

    help = "Delete messages from readers that are older than MESSAGES_KEPT_DAYS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them, and say how many there were."""
        kept_since = timezone.now() - timedelta(days=settings.MESSAGES_KEPT_DAYS)
        number, _by_model = ReaderMessage.objects.filter(received_at__lt=kept_since).delete()
        logger.info("Deleted %s messages from before %s.", number, kept_since.date())
        self.stdout.write(f"{number} messages deleted.")
