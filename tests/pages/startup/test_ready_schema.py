"""The schema that a first start makes from a file is what all migrations make.

`WRITE_SCHEMA=1 uv run pytest tests/pages/startup/test_ready_schema.py` writes the file anew, after a new migration or
an upgrade of a package that has some.
"""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from pages.startup import ready_schema
from pages.startup.schema import known_migrations
from tests.pages.startup.starting import Place, free_port

pytestmark = [pytest.mark.long, pytest.mark.any_database]


# In this order they can be made. What SQLite makes by itself has no statement.
TABLES = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
OTHERS = "SELECT sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type, name"
APPLIED = "'2026-01-01 00:00:00'"  # all of them, so that the file is the same whenever it is written


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the database that all migrations make."""
    place = Place(tmp_path_factory.mktemp("migrated"), "", free_port())
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=settings.BASE_DIR, env=place.environment(), check=True)
    return place.folder / "db.sqlite3"


def test_file_makes_what_migrations_make(migrated: Path, tmp_path: Path):
    with closing(sqlite3.connect(migrated)) as database:
        statements = "\n".join(dump(database)) + "\n"
    if os.environ.get("WRITE_SCHEMA"):
        ready_schema.FILE.write_text(statements)
    assert without_keys(ready_schema.FILE.read_text()) == without_keys(statements)
    assert set(ready_schema.MIGRATION.findall(statements)) == known_migrations()  # else it is not used
    with closing(sqlite3.connect(tmp_path / "made.sqlite3")) as made:
        made.executescript(statements)
        assert "\n".join(dump(made)) + "\n" == statements
        assert made.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert made.execute("PRAGMA foreign_key_check").fetchall() == []
        names = [name for (name,) in made.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    with closing(sqlite3.connect(migrated)) as database:
        assert sorted(names) == sorted(
            name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        )
    assert len(names) > 100


def without_keys(statements: str) -> str:
    """Leave out what is random: the keys of the two pages that Wagtail begins with."""
    found, count = re.subn(r"'[0-9a-f]{32}'", "'key'", statements)
    assert count == 2
    return found


def dump(database: sqlite3.Connection) -> Iterator[str]:
    """Yield the statements that make a database again in one transaction, with its rows."""
    yield "PRAGMA foreign_keys = OFF;"
    yield "BEGIN IMMEDIATE;"
    tables = dict(database.execute(TABLES))
    virtual = {name for name, sql in tables.items() if sql.startswith("CREATE VIRTUAL TABLE")}
    within = tuple(f"{name}_" for name in virtual)  # those that a virtual table makes for itself
    for name, sql in tables.items():
        if not name.startswith(within):
            yield f"{sql};"
            if name not in virtual:
                yield from _rows(database, name)
    for (sql,) in database.execute(OTHERS):
        yield f"{sql};"
    yield "COMMIT;"
    yield "PRAGMA foreign_keys = ON;"


def _rows(database: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = [column for _number, column, *_rest in database.execute(f'PRAGMA table_info("{table}")')]
    quoted = [f"quote({APPLIED})" if column == "applied" else f'quote("{column}")' for column in columns]
    for row in database.execute(f'SELECT {", ".join(quoted)} FROM "{table}" ORDER BY 1'):  # noqa: S608
        yield f'INSERT INTO "{table}" VALUES ({", ".join(row)});'  # noqa: S608
