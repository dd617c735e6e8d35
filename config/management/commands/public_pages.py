"""Tell what readers are shown, so that it can be compared with another database's: `manage.py public_pages`."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from config.public_pages import digests


class Command(BaseCommand):
    """Writes one JSON object: a status and a digest by path."""

    help = "Write a digest of every public page, to compare two databases."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a limit, for a site with very many pages."""
        parser.add_argument("--most", type=int, help="how many pages, evenly chosen; all by default")

    def handle(self, *args: Any, most: int | None = None, **options: Any) -> None:
        """Render, and write."""
        self.stdout.write(json.dumps(digests(most)))
