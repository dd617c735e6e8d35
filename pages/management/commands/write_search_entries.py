"""Write everything that readers can find anew."""

from typing import Any

from django.core.management import BaseCommand
from django.db import transaction

from pages.models.site_version import raise_site_version
from pages.search.entries import write_all


class Command(BaseCommand):
    help = "Write everything that readers can find anew: after a change of how words are written, or past the signals."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Write, and let every process know."""
        count = write_all()
        raise_site_version()
        self.stdout.write(f"{count} entries")
