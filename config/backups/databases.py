"""A database as a file, and back: SQLite's own copy, or what PostgreSQL's `pg_dump` writes and `psql` reads."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management import CommandError
from django.db import connection

MARKS_OF_A_SITE = ("auth_user", "pages_homepage")  # tables, which are empty before there is one
NEXT_VERSION = "UPDATE {schema}pages_siteversion SET number = CASE WHEN number > {now} THEN number ELSE {now} END + 1"


def dump(path: Path) -> None:
    """Write the database as it is at this moment; nobody waits for it."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
    else:
        _run("pg_dump", "--schema=public", "--no-owner", "--no-privileges", f"--file={path}")


def load(path: Path) -> None:
    """Put what was dumped in place of all that is in the database, in one step: killed before its end, it did nothing.

    The site's version is made higher than both were, so that servers notice.
    """
    now = _site_version()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(path, isolation_level=None)) as copy:
            if (found := copy.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
                raise CommandError(f"The database in the backup is damaged: {found}")
            copy.execute(NEXT_VERSION.format(schema="", now=now))
            connection.ensure_connection()
            copy.backup(connection.connection)
        return
    connection.close()  # what it has read would keep others from the tables
    _run(
        *("psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null"),
        *("--command=DROP SCHEMA public CASCADE", f"--file={path}"),  # which makes it anew
        f"--command={NEXT_VERSION.format(schema='public.', now=now)}",
    )


def holds_a_site() -> bool:
    """Tell whether the database has a page or an account."""
    return any(_first(f"SELECT 1 FROM {table} LIMIT 1") for table in _tables() & set(MARKS_OF_A_SITE))  # noqa: S608


def _site_version() -> int:
    return int(_first("SELECT number FROM pages_siteversion") or 0) if "pages_siteversion" in _tables() else 0


def _tables() -> set[str]:
    return set(connection.introspection.table_names())


def _first(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone()
        return row[0] if row else None


def _run(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL's on the database of the settings; CommandError in its words when it fails."""
    (_psql, *where), variables = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    try:
        subprocess.run(  # noqa: S603  (the program and its options are named above)
            [program, *where, *arguments],
            env=os.environ | {"PGOPTIONS": "-c client_min_messages=warning"} | (variables or {}),
            stderr=subprocess.PIPE,
            text=True,
            check=True,
        )
    except FileNotFoundError as error:
        raise CommandError(f"{program} is missing: apt-get install postgresql-client") from error
    except subprocess.CalledProcessError as error:
        raise CommandError(f"{program}: {error.stderr.strip()}") from error
