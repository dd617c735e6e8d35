"""Bring a site to this version of the code: `manage.py upgrade FILE`."""

import shlex
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connections

from config.backups.archive import verify
from config.backups.making import make
from pages.startup import preflight, preparation


class Command(BaseCommand):
    """A step that fails stops it. It puts nothing back by itself: the former version may go on with the database."""

    help = "Make a backup, migrate the database, collect the static files, check the settings; then start the servers."
    requires_system_checks = []  # they come last: the database is not yet that of this code

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file of the backup."""
        parser.add_argument("file", type=Path, help="where the backup goes; must not be there yet")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Take the steps in turn."""
        preflight.check_database()
        preflight.keep_private()
        path = file.resolve()
        lock = preflight.StartLock(settings.DATA_DIR)
        lock.acquire(self.stdout.write)
        preflight.lock_database(self.stdout.write)
        self._back_up(path)
        with self._step("migrate", path):
            preparation.migrate(self.stdout)
        with self._step("static files", path):
            preparation.collect_static_files(self.stdout)
        with self._step("check", path):
            call_command("check", deploy=settings.SITE_LIVE, databases=["default"], stdout=self.stdout)
        self._mark.unlink(missing_ok=True)
        connections.close_all()
        self.stdout.write("Upgraded. Restart the servers, one after the other.")

    @property
    def _mark(self) -> Path:
        """The file that names the backup of an upgrade that has not ended."""
        return Path(settings.DATA_DIR / "upgrading")

    def _back_up(self, path: Path) -> None:
        """Make the backup; when an upgrade was cut off, its own is kept: it is of before the migrations."""
        if path.exists() and self._mark.exists() and self._mark.read_text() == str(path):
            verify(path)
            self.stdout.write(f"An upgrade was cut off; it goes on, with the backup that it has made: {path}")
            return
        if not path.exists():
            self._mark.write_text(str(path))
        try:
            make(path)
        except CommandError as error:
            raise CommandError(f"backup: {error} Nothing was changed.") from error
        self.stdout.write(f"backup: {path}")

    @contextmanager
    def _step(self, name: str, path: Path) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            line = shlex.join([sys.executable, str(settings.BASE_DIR / "manage.py"), "restore", str(path), "--replace"])
            raise CommandError(
                f"{name} failed: {preflight.one_line(error)}.\nNothing was put back. Put right what is wrong and give "
                f"the same command again; or stop the servers and go back, with the former version of the code:\n{line}"
            ) from error
        self.stdout.write(f"{name}: done")
