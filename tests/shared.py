"""What the processes of one run of the tests share: the first that needs it makes it, the others wait and copy it.

To load the starter content takes ten seconds of a core, on PostgreSQL with all migrations half a minute; to compress
the static files takes five.
"""

import fcntl
import gc
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.core.management.commands import migrate
from django.db import connection
from django.test.utils import setup_databases

from config import env
from pages.startup import ready_schema
from tests.pages.startup.starting import Place, free_port

FILES = ("MEDIA_ROOT", "PRIVATE_ROOT")
COLLECT = """
import sys
from django.core.management.base import OutputWrapper
from pages.startup.preparation import collect_static_files
collect_static_files(OutputWrapper(sys.stderr))
"""


def folder_of_the_run(factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the temporary folder of all processes of this run."""
    base = factory.getbasetemp()
    return base if worker_id == "master" else base.parent


def make_test_database(folder: Path, load: Callable[[], None], *, keep: bool) -> Any:
    """Make the test database and load it, or copy that of the first process, files too; return how it is taken down.

    It is kept only where there are others to copy it.
    """
    kept = folder / f"prepared on {connection.vendor}"
    with _first(kept) as making:
        if making is None:
            return _copied(kept)
        gc.disable()  # what is made, stays: to look through it takes a tenth of the time
        made = _set_up(_make_schema)
        load()
        gc.enable()
        if keep:
            _keep(making)
        else:
            making.rmdir()
        return made


def take_down_kept_database() -> None:
    """Drop what was kept on a server."""
    if env.text("DATABASE_URL") != "sqlite":
        _on_server('DROP DATABASE IF EXISTS "{kept}"')


def copy_collected_static_files(folder: Path, place: Place) -> None:
    """Give a place what a start collects, so that it need not."""
    collected = folder / "collected"
    with _first(collected) as making:
        if making:
            Place(making, "", free_port()).manage("shell", "--no-imports", "--verbosity", "0", "--command", COLLECT)
    shutil.copytree(collected / "static", place.folder / "static")
    shutil.copy2(collected / "static.stamp", place.folder)


@contextmanager
def _first(folder: Path) -> Iterator[Path | None]:
    """Yield a folder to fill where this process is the first, and put it in its place; others wait for it."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.exists():
            yield None
            return
        unfinished = folder.with_suffix(".part")
        shutil.rmtree(unfinished, ignore_errors=True)  # of a process that failed
        unfinished.mkdir()
        yield unfinished
        if unfinished.exists():
            unfinished.rename(folder)


def _set_up(fill: Callable[..., None]) -> Any:
    """Make an empty test database, in which `fill`, in place of Django's `migrate`, makes the schema."""
    with patch.object(migrate.Command, "handle", fill):
        return setup_databases(verbosity=0, interactive=False, aliases={"default"}, serialized_aliases=set())


def _make_schema(*arguments: Any, _migrate: Callable[..., None] = migrate.Command.handle, **options: Any) -> None:
    """Run the file that a first start runs, which `test_ready_schema.py` compares with all migrations, or these."""
    if not ready_schema.load():
        _migrate(*arguments, **options)


def _keep(folder: Path) -> None:
    for name in FILES:
        if Path(getattr(settings, name)).exists():
            shutil.copytree(getattr(settings, name), folder / name)
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(folder / "db.sqlite3")) as copy:
            connection.connection.backup(copy)
        return
    connection.close()  # a database that is in use cannot be copied
    _on_server('DROP DATABASE IF EXISTS "{kept}"', 'CREATE DATABASE "{kept}" TEMPLATE "{made}"')


def _copied(folder: Path) -> Any:
    connection.settings_dict["TEST"]["TEMPLATE"] = _kept_name()  # heeded by PostgreSQL
    made = _set_up(lambda *_arguments, **_options: None)
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / "db.sqlite3")) as kept:
            kept.backup(connection.connection)
    for name in FILES:
        if (folder / name).exists():
            shutil.copytree(folder / name, getattr(settings, name), dirs_exist_ok=True)
    return made


def _kept_name() -> str:
    return f"prepared_{urlsplit(env.text('DATABASE_URL')).path.strip('/')}"


def _on_server(*statements: str) -> None:
    server = urlsplit(env.text("DATABASE_URL"))._replace(path="/postgres").geturl()
    names = {"kept": _kept_name(), "made": connection.settings_dict["NAME"]}
    with psycopg.connect(server, autocommit=True) as administrator:
        for statement in statements:
            administrator.execute(statement.format(**names))  # type: ignore[call-overload]
