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

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connection

FILES = ("MEDIA_ROOT", "PRIVATE_ROOT")


def pytest_collection_finish() -> None:
    """Put the copy in the place of migrating and loading, or keep one after loading."""
    from pages import starter_content

    folder = Path(os.environ["PREPARED_SITE"])
    if folder.exists():
        migrate.Command.handle = lambda *_args, **_options: None
        starter_content.load = lambda _report: _copy_from(folder)
    else:
        starter_content.load = _kept(starter_content.load, folder)


def _kept(load: Callable[..., None], folder: Path) -> Callable[..., None]:
    def load_and_keep(report: Callable[[str], None]) -> None:
        load(report)
        folder.mkdir()
        with closing(sqlite3.connect(folder / "db.sqlite3")) as copy:
            connection.connection.backup(copy)
        for name in FILES:
            if Path(getattr(settings, name)).exists():
                shutil.copytree(getattr(settings, name), folder / name)

    return load_and_keep


def _copy_from(folder: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(folder / "db.sqlite3")) as kept:
        kept.backup(connection.connection)
    for name in FILES:
        if (folder / name).exists():
            shutil.copytree(folder / name, getattr(settings, name), dirs_exist_ok=True)
