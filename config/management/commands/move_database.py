"""Move a whole site into the database of DATABASE_URL: `manage.py move_database SOURCE`."""

import subprocess
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ImproperlyConfigured
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ConnectionHandler

from config import env
from config.copying import copy_rows
from config.public_pages import differing, pages_from
from pages.models.site_version import raise_site_version
from pages.starter import loader
from pages.startup import preflight, preparation, schema
from pages.statistics import analyze

SOURCE = "source"  # the name of its connection
SHOWN = 20  # addresses of pages that differ


class Command(BaseCommand):
    """Copies in one transaction: what is cut off leaves the target empty. The source is only read."""

    help = "Move a whole site from another database into the empty one of DATABASE_URL, and compare what readers see."
    requires_system_checks = []  # they would ask the database before it has tables

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the source."""
        parser.add_argument("source", help="sqlite (db.sqlite3 in DATA_DIR), or postgresql://user:password@host/name")
        parser.add_argument("--most", type=int, help="how many public pages to compare, evenly chosen; all by default")

    def handle(self, *args: Any, source: str, most: int | None = None, **options: Any) -> None:
        """Check both databases, copy, count, compare."""
        preflight.check_database()
        preflight.lock_database(self.stdout.write)
        with _opened(source) as other:
            if not MigrationRecorder(other).has_table():
                raise CommandError("The source holds no site: no migrations were applied to it.")
            preparation.migrate(self.stdout)
            self._refuse(other)
            self._copy(other)
        analyze()
        self._compare(source, most)

    def _refuse(self, other: BaseDatabaseWrapper) -> None:
        if not loader.is_empty() or User.objects.exists():
            raise CommandError("The database of DATABASE_URL holds a site already. Name one that is empty.")
        of_source = schema.compare(other)
        if of_source.missing or of_source.newer:
            raise CommandError("The source is of another version. Start the site on it with this one first: serve.")

    def _copy(self, other: BaseDatabaseWrapper) -> None:
        with transaction.atomic():
            counts = copy_rows(other, connection)
            if wrong := {table: both for table, both in counts.items() if both[0] != both[1]}:
                raise CommandError(f"Rows are missing, so nothing was moved (source, copy): {wrong}")
            ContentType.objects.clear_cache()
            call_command("update_index", verbosity=0)
            raise_site_version()
        rows = sum(there for _here, there in counts.values())
        self.stdout.write(f"{rows} rows of {len(counts)} tables copied; each table has as many as the source.")

    def _compare(self, source: str, most: int | None) -> None:
        """Render the public pages from both, each in a process of its own, and tell which differ."""
        try:
            for _attempt in range(2):  # once more where they differ: what is open may have closed between the two
                before, after = (pages_from(url, most) for url in (source, env.text("DATABASE_URL")))
                if not (different := differing(before, after)):
                    break
        except subprocess.CalledProcessError as error:
            raise CommandError("The rows are moved, but the public pages could not be rendered: see above.") from error
        if different:
            lines = [f"{len(different)} of {len(before | after)} public pages differ:", *different[:SHOWN]]
            raise CommandError("\n".join(lines))
        self.stdout.write(f"{len(after)} public pages are the same from both. Uploads lie in DATA_DIR, as before.")


@contextmanager
def _opened(url: str) -> Iterator[BaseDatabaseWrapper]:
    """Connect to the source beside the site's own connection."""
    try:
        source = env.database(settings.DATA_DIR, url)
    except ImproperlyConfigured as error:
        raise CommandError(f"The source: {error}") from error
    if all(source.get(part, "") == connection.settings_dict[part] for part in ("NAME", "HOST", "PORT")):
        raise CommandError("The source is the database of DATABASE_URL itself. Set that to the new one.")
    if url == "sqlite" and not source["NAME"].exists():
        raise CommandError(f"{source['NAME']} is not there.")
    other = ConnectionHandler({**settings.DATABASES, SOURCE: source})[SOURCE]
    connections[SOURCE] = other  # Django's types of PostgreSQL look it up by its name
    try:
        yield other
    except DatabaseError as error:
        raise CommandError(f"Nothing was moved ({preflight.one_line(error)}).") from error
    finally:
        other.close()
        del connections[SOURCE]
