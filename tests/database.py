"""The state that every test starts from: migrations and the starter content, brought back after a flush.

Tests that commit (`transaction=True`, `live_server`) end with Django emptying every table, also of
what migrations put there. Copying it back takes milliseconds, loading it again takes seconds.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection

from config import env

COPIES = "starting_point"


def environment_of_other_processes(folder: Path) -> dict[str, str]:
    """Return the environment in which other processes see what the test has committed until now.

    On SQLite they get a copy in `folder`; files go there in any case.
    """
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "DATA_DIR": str(folder)}
    if connection.vendor == "sqlite":
        _copy_sqlite(folder)
        return environment | {"DATABASE_URL": "sqlite"}
    to = connection.settings_dict
    host = f"{to['USER']}:{to['PASSWORD']}@{to['HOST']}:{to['PORT'] or 5432}"
    return environment | {"DATABASE_URL": f"postgresql://{host}/{to['NAME']}"}


def _copy_sqlite(folder: Path) -> None:
    if connection.in_atomic_block:
        raise RuntimeError(
            "SQLite waits for ever to copy a database in a transaction: copy it before a test opens one."
        )
    connection.ensure_connection()
    with closing(sqlite3.connect(folder / "db.sqlite3")) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode = WAL")  # as the site's own; of processes that begin at once only one could


@contextmanager
def scratch_database(name: str, template: str = "template1") -> Iterator[str]:
    """Yield the address of a new database beside that of the tests, dropped afterwards; empty for SQLite.

    It has no tables, or is a copy of another that nobody is connected to.
    """
    server = env.text("DATABASE_URL")
    if server == "sqlite":
        yield ""
        return
    parts = urlsplit(server)
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as administrator:
        administrator.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        administrator.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        yield parts._replace(path=f"/{name}").geturl()
        administrator.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def copied_database(folder: Path) -> Iterator[str]:
    """Yield the address of a copy of the test database, dropped afterwards; for SQLite, empty: it lies in `folder`."""
    if connection.vendor == "sqlite":
        _copy_sqlite(folder)
        yield ""
        return
    connection.close()  # a database that is in use cannot be copied
    original = connection.settings_dict["NAME"]
    with scratch_database(f"{original}_{folder.name}", original) as url:
        yield url


def execute(folder: Path, url: str, statement: str) -> None:
    """Run a statement of SQL in a database of other processes: at `url`, in `folder` where that is empty."""
    with closing(psycopg.connect(url) if url else sqlite3.connect(folder / "db.sqlite3", timeout=60)) as database:
        database.execute(statement)
        database.commit()


class StartingPoint:
    """A copy of all tables, inside the test database (PostgreSQL) or beside it (SQLite)."""

    def __init__(self) -> None:
        self.memory: sqlite3.Connection | None = None
        if connection.vendor == "sqlite":
            self.memory = sqlite3.connect(":memory:", check_same_thread=False)
            connection.ensure_connection()
            connection.connection.backup(self.memory)
            return
        with connection.cursor() as cursor:
            tables = [connection.ops.quote_name(name) for name in connection.introspection.table_names(cursor)]
            cursor.execute(f"CREATE SCHEMA {COPIES}")
            # Deleted, not truncated: of a hundred small tables that takes a hundredth of the time.
            statements = [f"DELETE FROM public.{table}" for table in tables]  # noqa: S608
            for table in tables:
                cursor.execute(f"CREATE TABLE {COPIES}.{table} AS TABLE public.{table}")
                if cursor.rowcount:
                    columns = _stored_columns(table.strip('"'))
                    statements.append(f"INSERT INTO public.{table} ({columns}) SELECT {columns} FROM {COPIES}.{table}")  # noqa: S608
        unchecked = "SET session_replication_role = replica"  # rows come and go in any order
        self.script = "; ".join([unchecked, *statements, "SET session_replication_role = DEFAULT"])

    def restore(self) -> None:
        """Make every table what it was."""
        connection.ensure_connection()
        if self.memory:
            self.memory.backup(connection.connection)
        else:
            with connection.cursor() as cursor:
                cursor.execute(self.script)
        ContentType.objects.clear_cache()
        cache.clear()

    def close(self) -> None:
        """Let go of the copy; that of PostgreSQL goes with the test database."""
        if self.memory:
            self.memory.close()


def _stored_columns(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'",
            [table],
        )
        return cursor.fetchone()[0]
