"""`manage.py move_database`: a whole site from PostgreSQL to SQLite and back, where nothing is lost or changed.

Collected where the tests run on PostgreSQL.
"""

import re
import sqlite3
import subprocess
from contextlib import closing

import psycopg
import pytest
from django.core.management import CommandError, call_command

from config.public_pages import differing, pages_from
from tests.config.processes import run
from tests.conftest import CopySite
from tests.database import scratch_database
from tests.pages.startup.starting import Place

pytestmark = [pytest.mark.drill, pytest.mark.xdist_group("moving")]

MOST = 40  # pages that are compared
# The number that rises, attempts that are counted, what each database makes of the words, what SQLite keeps for itself.
OWN = re.compile(r"pages_siteversion|shared_cache|wagtailsearch_\w+|django_migrations|sqlite_\w+")


@pytest.fixture(scope="module")
def original(copy_site: CopySite) -> Place:
    """The starter content on PostgreSQL, with files."""
    return copy_site()


@pytest.fixture(scope="module")
def to_sqlite(original: Place) -> subprocess.CompletedProcess[str]:
    """What the move to SQLite, into the same folder, says."""
    return move(original, original.database_url, "")


def move(place: Place, source: str, target: str) -> subprocess.CompletedProcess[str]:
    variables = place.variables | {"DATABASE_URL": target}
    return run("manage.py", "move_database", source, "--most", str(MOST), **variables)


def of_the_site[T](tables: dict[str, T]) -> dict[str, T]:
    kept = {name: rows for name, rows in tables.items() if not OWN.fullmatch(name)}
    assert len(kept) > 80
    return kept


def is_indexed_alike(moved: dict[str, int], original: dict[str, int]) -> bool:
    """Tell whether both have the same in the index, but for Wagtail's root, which is there when it is written anew."""
    index = "wagtailsearch_indexentry"
    return original[index] > 400 and moved[index] - original[index] in {0, 1}


def test_site_moves_to_sqlite_and_says_the_same(original, to_sqlite):
    assert to_sqlite.returncode == 0, to_sqlite.stderr
    rows, tables = re.search(r"(\d+) rows of (\d+) tables copied", to_sqlite.stdout).groups()
    assert int(rows) > 2000
    assert int(tables) > 80
    pages = re.search(r"(\d+) public pages are the same from both", to_sqlite.stdout)
    assert int(pages[1]) >= MOST
    moved = Place(original.folder, "", original.port)
    assert of_the_site(moved.counts()) == of_the_site(original.counts())
    assert is_indexed_alike(moved.counts(), original.counts())
    with closing(sqlite3.connect(original.folder / "db.sqlite3")) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("SELECT COUNT(*) FROM sqlite_stat1").fetchone()[0] > 50


def test_site_moves_back_to_postgresql_without_any_change(original, to_sqlite, monkeypatch):
    assert to_sqlite.returncode == 0, to_sqlite.stderr
    with scratch_database(f"{original.folder.name}_moved") as url:
        done = move(original, "sqlite", url)
        assert done.returncode == 0, done.stderr
        moved = Place(original.folder, url, original.port)
        assert of_the_site(moved.rows()) == of_the_site(original.rows())
        assert is_indexed_alike(moved.counts(), original.counts())
        again = move(original, "sqlite", url)
        assert again.returncode == 1
        assert "holds a site already" in again.stderr
        with psycopg.connect(url, autocommit=True) as database:
            analyzed = "SELECT COUNT(*) FROM pg_stats WHERE schemaname = 'public' AND tablename = 'pages_searchentry'"
            assert database.execute(analyzed).fetchone()[0] > 5
            new = "INSERT INTO taggit_tag (name, slug) VALUES ('new', 'new') RETURNING id"
            assert database.execute(new).fetchone()[0] > 0
            numbers = "SELECT last_value >= (SELECT MAX(id) FROM wagtailcore_page) FROM wagtailcore_page_id_seq"
            assert database.execute(numbers).fetchone()[0]
            database.execute("UPDATE pages_homepage SET lead = 'Another'")
        monkeypatch.setenv("DATA_DIR", str(original.folder))
        before, after = (pages_from(each, MOST) for each in (original.database_url, url))
        assert "/" in differing(before, after)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("sqlite", "is not there"),
        ("mysql://host/name", "The source: DATABASE_URL must be postgresql://"),
        ("itself", "is the database of DATABASE_URL itself"),
    ],
)
def test_source_that_is_none_is_refused(settings, tmp_path, source, words):
    settings.DATA_DIR = tmp_path
    default = settings.DATABASES["default"]
    itself = f"postgresql://{default['HOST']}:{default['PORT']}/{default['NAME']}"
    with pytest.raises(CommandError, match=re.escape(words)):
        call_command("move_database", itself if source == "itself" else source)
