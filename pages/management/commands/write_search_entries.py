"""Write everything that readers can find anew."""

from typing import Any

from django.core.management import BaseCommand
from django.db import transaction

from pages.models.site_version import raise_site_version
from pages.search.entries import write_all
from pages.statistics import analyze


class Command(BaseCommand):
    help = "Write everything that readers can find anew: after a change of how words are written, or past the signals."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, and let every process know."""
        with transaction.atomic():
            count = write_all()
            raise_site_version()
        analyze()
        self.stdout.write(f"{count} entries")
