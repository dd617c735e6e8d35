"""Make the PDFs of the starter content again, after their texts have changed."""

from typing import Any

from django.core.management.base import BaseCommand

from resources.starter_resources import example_files


class Command(BaseCommand):
    """Writes `resources/starter/<folder>/<language>.pdf` from the HTML beside it."""

    help = "Make the example PDFs again from their HTML (for developers; needs Pango)."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make every file and name it."""
        for example in example_files():
            example.make_pdf()
            self.stdout.write(str(example.pdf))
