"""A pytest plug-in that keeps the starter content: made by the first run, copied into the database by the others.

Migrating and loading takes ten seconds, which 300 mutants have not. The folder is PREPARED_SITE. The migrations
and the loading are not mutated; every test runs as it always does.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connection

FILES = ("MEDIA_ROOT", "PRIVATE_ROOT")


def pytest_collection_finish() -> None:
    """Put a copy in the place of migrating and loading, where there is one; else keep one after loading."""
    from pages.starter import loader

    migrate.Command.handle = _unless_kept(migrate.Command.handle, lambda: None)
    loader.load = _unless_kept(loader.load, _copy, then=_keep)


def _unless_kept(work: Callable[..., None], instead: Callable[[], None], then: Callable[[], None] | None = None) -> Any:
    def run(*args: Any, **options: Any) -> None:
        if _folder().exists():
            instead()
            return
        work(*args, **options)
        if then:
            then()

    return run


def _folder() -> Path:
    return Path(os.environ["PREPARED_SITE"])


def _keep() -> None:
    unfinished = _folder().with_suffix(".part")
    unfinished.mkdir()
    with closing(sqlite3.connect(unfinished / "db.sqlite3")) as copy:
        connection.connection.backup(copy)
    for name in FILES:
        if Path(getattr(settings, name)).exists():
            shutil.copytree(getattr(settings, name), unfinished / name)
    unfinished.rename(_folder())


def _copy() -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(_folder() / "db.sqlite3")) as kept:
        kept.backup(connection.connection)
    for name in FILES:
        if (_folder() / name).exists():
            shutil.copytree(_folder() / name, getattr(settings, name), dirs_exist_ok=True)
