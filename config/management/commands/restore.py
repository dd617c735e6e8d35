"""Put a backup back: `manage.py restore FILE`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError

from config.backups.archive import Manifest, verify
from config.backups.restoring import restore
from pages.startup import preflight, schema


class Command(BaseCommand):
    """Reads all of the file first: one that is damaged changes nothing."""

    help = "Put a backup in place of an empty database, or with --replace of a site. Stop the servers first."
    requires_system_checks = []  # they would ask the database before it has tables

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and how far to go."""
        parser.add_argument("file", type=Path, help="what `manage.py backup` has written")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--verify", action="store_true", help="compare the checksum of every part; change nothing")
        what.add_argument("--replace", action="store_true", help="also where the database holds a site, which is lost")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Verify, or verify and restore."""
        path = file.resolve()
        if options["verify"]:
            self._tell(path, verify(path), "whole")
            return
        preflight.keep_private()
        lock = preflight.StartLock(settings.DATA_DIR)
        lock.acquire(self.stdout.write)
        try:
            manifest = restore(path, replace=options["replace"], say=self.stdout.write)
        except (DatabaseError, OSError) as error:
            raise CommandError(f"It was cut off ({preflight.one_line(error)}). Give the same command again.") from error
        self._tell(path, manifest, "restored")
        if schema.compare().missing:
            self.stdout.write("It is of an earlier version of the code: serve --prepare-only")

    def _tell(self, path: Path, manifest: Manifest, what: str) -> None:
        self.stdout.write(
            f"{path}: {what}. Of {manifest.site_url}, made at {manifest.made_at}, {manifest.database}, "
            f"{len(manifest.files) - 1} uploads."
        )
