"""Bring the database and the collected static files up to date, whatever an earlier start left."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, cast

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper
from django.core.management.commands import migrate as django_migrate
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from pages.fingerprint import fingerprint
from pages.startup import ready_schema
from pages.startup.progress import Step
from pages.startup.schema import compare, some_of

PREPARE_FIRST = "Prepare the site first: serve --prepare-only"


class WholeMigrations(MigrationExecutor):
    """Applies each migration in one transaction with the record of it.

    Django records some only afterwards; killed in between, every later run would stop at "table already exists".
    """

    def apply_migration(self, state: Any, migration: Any, fake: bool = False, fake_initial: bool = False) -> Any:
        if not migration.atomic:
            return super().apply_migration(state, migration, fake, fake_initial)
        # SQLite can turn its foreign keys off, as schema changes need, only outside a transaction
        with connection.constraint_checks_disabled(), transaction.atomic():
            return super().apply_migration(state, migration, fake, fake_initial)


def migrate(out: OutputWrapper) -> None:
    """Migrate if there is anything to do; CommandError where the database is newer than this code.

    Without users the first start was never finished, and perhaps not what follows the migrations
    (permissions) either.
    """
    schema = compare()
    schema.refuse_newer()
    if not schema.missing and get_user_model().objects.exists():
        return
    django_migrate.MigrationExecutor = WholeMigrations  # type: ignore[attr-defined]
    with Step(out, "Preparing the database") as step:
        if ready_schema.load():
            return
        call_command("migrate", interactive=False, skip_checks=True, stdout=cast("TextIO", step))


def collect_static_files(out: OutputWrapper) -> None:
    """Collect and compress the static files if any of them changed; begin afresh after a cut-off."""
    stamp = settings.DATA_DIR / "static.stamp"  # empty while they are collected
    is_whole = stamp.exists() and (settings.STATIC_ROOT / "staticfiles.json").exists()
    known = stamp.read_text() if is_whole else ""
    current = fingerprint(_static_files(), repr(settings.STORAGES["staticfiles"]))
    if known == current:
        return
    stamp.write_text("")
    with _readable_by_nginx(), Step(out, "Collecting static files") as step:
        call_command(
            "collectstatic",
            clear=not known,
            interactive=False,
            skip_checks=True,
            verbosity=2,
            stdout=cast("TextIO", step),
        )
    stamp.write_text(current)


def check_prepared() -> None:
    """Raise CommandError where something lacks that a start would make, or the database is newer than this code."""
    schema = compare()
    schema.refuse_newer()
    if schema.missing:
        raise CommandError(f"The database lacks {some_of(schema.missing)}. {PREPARE_FIRST}")
    stamp = settings.DATA_DIR / "static.stamp"
    if not (stamp.exists() and stamp.read_text()):
        raise CommandError(f"The static files are not collected. {PREPARE_FIRST}")


@contextmanager
def _readable_by_nginx() -> Iterator[None]:
    """Let others read what is written. Only for a process without other threads: the mask is that of all."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


def _static_files() -> Iterator[Path]:
    for finder in get_finders():
        for path, storage in finder.list(StaticFilesConfig.ignore_patterns):
            yield Path(storage.path(path))
