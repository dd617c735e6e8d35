"""A database that stops answering: cached pages go on, marked, without saying what they cannot know."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from bs4 import BeautifulSoup

from tests.pages.page_cache.processes import PATIENCE, Process, Site, wait_until
from tests.reading import PAIRS, assert_numbers

# The site is a copy of what it sets up; two of them at once would keep each other waiting.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("ready"), pytest.mark.long]

HOME, STEP, COUNTY = PAIRS["home"][0], PAIRS["step"][0], PAIRS["county"][0]
AWAY = "database-away"
OPEN, CLOSED = "Öppet nu", "Stängt"


@contextmanager
def database_away(site: Site) -> Iterator[None]:
    """Take the database away from running processes and from those that start."""
    url = site.environment["DATABASE_URL"]
    if not url:  # SQLite
        path = Path(site.environment["DATA_DIR"]) / "db.sqlite3"
        away, in_its_place = path.with_suffix(".away"), path.with_suffix(".folder")
        away.hardlink_to(path)
        in_its_place.symlink_to(".")
        in_its_place.replace(path)  # at once: who found no file there would make a new one
        try:
            yield
        finally:
            away.replace(path)
        return
    parts = urlsplit(url)
    name = parts.path.strip("/")
    with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


@pytest.fixture
def reader(site: Site) -> Process:
    site.set_clock("2026-11-24T15:58+01:00")
    site.settle()
    for path in (HOME, STEP, COUNTY):
        site.readers[0].get(path)
    return site.readers[0]


def test_ready_pages_go_on_marked_and_the_rest_says_whom_to_call(site, reader):
    whole = reader.get(HOME)
    with database_away(site):
        wait_until(lambda: AWAY in reader.get(HOME).source, PATIENCE)
        assert reader.get(HOME).shown == whole.shown
        assert AWAY in reader.get(COUNTY).source
        assert list((site.folder / "live").iterdir()) == []  # nginx asks the application, which marks them
        for path in ("/kontakt/?q=lund", "/meddelande/", "/kontakt/gotlands-lan/", "/finns-inte/"):
            answer = reader.get(path)
            assert answer.status == 503, path
            assert_numbers(BeautifulSoup(answer.text, "html.parser"))
    wait_until(lambda: AWAY not in reader.get(HOME).source, PATIENCE)
    page = site.editor.do("make_page", title="Efter")
    wait_until(lambda: "/vagledning/efter/" in reader.get("/vagledning/").text)
    site.editor.do("delete", page=page)


def test_page_that_was_taken_down_does_not_come_back(site, reader):
    page = site.editor.do("make_page", title="Nedtagen")
    wait_until(lambda: "hit" in reader.get("/vagledning/nedtagen/").source)
    late = site.folder / "current/localhost/vagledning/nedtagen/index.ready"
    wait_until(late.exists, PATIENCE)  # files follow what is in memory
    written = late.read_bytes()
    site.editor.do("delete", page=page)
    wait_until(lambda: reader.get("/vagledning/nedtagen/").status == 410)
    with database_away(site):
        # As the other process does that has built the page before it was deleted, and comes to writing it only now.
        late.parent.mkdir(parents=True, exist_ok=True)
        late.write_bytes(written)
        wait_until(lambda: AWAY in reader.get(HOME).source, PATIENCE)
        assert reader.get("/vagledning/nedtagen/").status == 503


@pytest.mark.parametrize("path", [HOME, STEP, COUNTY])
def test_past_its_end_a_page_shows_plain_hours(site, reader, path):
    with database_away(site):
        wait_until(lambda: AWAY in reader.get(path).source, PATIENCE)
        assert OPEN in reader.get(path).text
        site.set_clock("2026-11-24T16:00:01+01:00")
        for accepted in ("", "gzip", "br"):
            answer = reader.get(path, headers={"Accept-Encoding": accepted})
            assert (answer.status, AWAY in answer.source) == (200, True)
        text = reader.get(path).text
        assert OPEN not in text
        assert CLOSED not in text
        html = BeautifulSoup(text, "html.parser")
        lasting = html.select_one(".call__row--advice .call__lasting--shown").text
        assert "08.00–16.00" in lasting
        assert "Om ingen svarar: 114 14" in lasting
        assert_numbers(html)
    wait_until(lambda: CLOSED in reader.get(path).text, PATIENCE)


def test_process_that_starts_without_a_database_serves_what_there_is(site, reader):
    with database_away(site):
        late = Process("readers", site.environment).wait()
        try:
            late.do("set_clock", moment="2026-11-24T15:59+01:00")
            wait_until(lambda: AWAY in late.get(HOME).source, PATIENCE)
            assert OPEN in late.get(HOME).text
            late.do("set_clock", moment="2026-11-24T16:30+01:00")
            assert OPEN not in late.get(HOME).text
            assert late.get("/kontakt/?q=lund").status == 503
        finally:
            late.kill()
    site.set_clock("2026-11-24T10:00+01:00")
    site.settle()


def test_many_requests_while_the_database_is_away_store_nothing(site, reader):
    with database_away(site):
        wait_until(lambda: AWAY in reader.get(HOME).source, PATIENCE)
        assert {answer["status"] for answer in reader.do("ask_at_once", path="/kontakt/gotlands-lan/", times=16)} == {
            503
        }
        assert list(site.folder.rglob("gotlands-lan")) == []
