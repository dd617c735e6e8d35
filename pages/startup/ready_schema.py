"""The schema of an empty SQLite database as a file, which a first start runs instead of all migrations.

Django renders some ten thousand historical models to apply them, which takes a first start a third of its time. The
file says what they come to, their rows too; a test compares it with what they make, and writes it anew.
"""

import re
import sqlite3
from pathlib import Path

from django.db import connection

from pages.startup.schema import known_migrations

FILE = Path(__file__).with_name("schema.sql")
MIGRATION = re.compile(r"^INSERT INTO \"django_migrations\" VALUES \(\d+, '([^']+)', '([^']+)'", re.MULTILINE)


def load() -> bool:
    """Make the schema in an empty database of SQLite's; return False, and do nothing, where that cannot be."""
    if connection.vendor != "sqlite" or connection.introspection.table_names():
        return False
    script = FILE.read_text()
    if set(MIGRATION.findall(script)) != known_migrations():
        return False  # of a working copy with a migration that the file lacks, as a test will say
    try:
        connection.connection.executescript(script)
    except sqlite3.Error:
        connection.connection.rollback()
        raise
    return True
