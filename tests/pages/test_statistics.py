"""After many rows were written at once, the database has counted them."""

import pytest
from django.core.management import call_command
from django.db import connection

from pages.statistics import analyze

pytestmark = [pytest.mark.django_db, pytest.mark.long]

# How many statistics there are of the entries of the search, and how they are forgotten.
STATISTICS = {
    "sqlite": ("SELECT COUNT(*) FROM sqlite_stat1 WHERE tbl = 'pages_searchentry'", "DELETE FROM sqlite_stat1"),
    "postgresql": (
        "SELECT COUNT(*) FROM pg_stats WHERE tablename = 'pages_searchentry' AND schemaname = current_schema()",
        "DELETE FROM pg_statistic WHERE starelid = 'pages_searchentry'::regclass",
    ),
}


def test_entries_that_are_written_anew_are_counted():
    count, forget = STATISTICS[connection.vendor]
    analyze()
    with connection.cursor() as cursor:
        cursor.execute(forget)
        cursor.execute(count)
        assert cursor.fetchone() == (0,)
    call_command("write_search_entries")
    with connection.cursor() as cursor:
        cursor.execute(count)
        assert cursor.fetchone()[0] > 0
