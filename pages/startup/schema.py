"""Which migrations the database lacks, and which it has that this code lacks.

By name alone: to load all migrations, and to build their graph, takes longer than the rest of a start.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps
from django.core.management import CommandError
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder


@dataclass(frozen=True, slots=True)
class Schema:
    """How code and database differ, as "app.migration"."""

    missing: tuple[str, ...]
    newer: tuple[str, ...]

    def refuse_newer(self) -> None:
        """Raise CommandError where the database is that of newer code."""
        if self.newer:
            raise CommandError(
                f"The database is newer than this code, which does not know {some_of(self.newer)}. "
                "Start the code that goes with it, or put back the database that goes with this code."
            )


def compare(database: BaseDatabaseWrapper = connection) -> Schema:
    """Compare the code with a database; one query."""
    return compare_applied(applied_migrations(database))


def compare_applied(applied: Sequence[tuple[str, str]]) -> Schema:
    """Compare the code with what was applied to some database, in that order."""
    missing = sorted(known_migrations() - set(applied))
    return Schema(
        tuple(map(".".join, missing)),
        tuple(f"{label}.{name}" for label in _labels() for name in _newer(label, applied)),
    )


def applied_migrations(database: BaseDatabaseWrapper = connection) -> list[tuple[str, str]]:
    """Return label and name of each migration that was applied to a database, in that order; one query."""
    recorder = MigrationRecorder(database)
    rows = recorder.migration_qs.order_by("pk").values_list("app", "name") if recorder.has_table() else ()
    return list(rows)


def some_of(names: Sequence[str]) -> str:
    """Return the first of the names, and how many more there are."""
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Return label and name of every migration of the installed apps, as this process found them."""
    return frozenset(
        (app.label, path.stem)
        for app in apps.get_app_configs()
        for path in (Path(app.path) / "migrations").glob("[!_~]*.py")
    )


def _labels() -> list[str]:
    """Return the apps that are installed; what others have left in the database is nobody's."""
    return sorted(app.label for app in apps.get_app_configs())


def _newer(label: str, applied: Sequence[tuple[str, str]]) -> list[str]:
    """Return what was applied after the last migration that this code has of an app.

    What was applied before it, and is not there, was squashed since.
    """
    names = [name for app, name in applied if app == label]
    known = [number for number, name in enumerate(names) if (label, name) in known_migrations()]
    return names[known[-1] + 1 :] if known else names
