"""The whole site as one file: `manage.py backup FILE`."""

from argparse import ArgumentParser
from getpass import getuser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand

from config.backups.making import make
from pages.startup import preflight


class Command(BaseCommand):
    help = "Write database and uploads into one file, while the site is used."
    requires_system_checks = []  # it must work where the site does not

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help="such as /var/backups/stod/2026-11-29.tar.gz; not there yet")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Make the backup, and say where it lies, who can read it and what is not in it."""
        preflight.check_database()
        preflight.keep_private()
        path = file.resolve()
        manifest = make(path)
        size = path.stat().st_size / 1024 / 1024
        self.stdout.write(f"{path}: {size:.1f} MB, the database and {len(manifest.files) - 1} uploads.")
        self.stdout.write(
            f"{getuser()} alone can read it on this machine (mode {path.stat().st_mode & 0o777:o}). It holds personal "
            "data, and codes and links that wait to be mailed: keep a copy elsewhere, encrypted."
        )
        self.stdout.write(f"Not in it, keep them elsewhere: {', '.join(manifest.not_contained)}.")
