"""Many ask for the manual's PDF at once: it is made once, one thread waits, and all others are told to come later."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from threading import Event

import pytest
from bs4 import BeautifulSoup

from pages.file_lock import locked
from pages.tagged_pdf import can_make_pdf
from tests.conftest import CopySite
from tests.pages.page_cache.processes import PATIENCE
from tests.pages.startup.starting import Place, Start
from tests.reading import NUMBERS, soup
from tests.tools import tool_or_skip

pytestmark = pytest.mark.django_db

PDF = {"sv": "/manual/kopia/pdf/", "en": "/en/manual/copy/pdf/"}
INSTEAD = {
    "sv": {"/manual/", "/manual/allt/", "/manual/kopia/html/"},
    "en": {"/en/manual/", "/en/manual/whole/", "/en/manual/copy/html/"},
}
READERS = 20
READY = ("/", "/en/", "/manual/akut-skydd/")
OTHERS = ("/kontakt/?q=lund", "/sok/?q=betanketid", "/finns-inte/")  # which Django answers each time


@pytest.fixture(autouse=True)
def pango() -> None:
    tool_or_skip("Pango", can_make_pdf(), "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0")


@pytest.mark.parametrize("language", PDF)
def test_whoever_comes_second_is_told_whom_to_call_and_where_to_read(client, settings, tmp_path, language):
    settings.DATA_DIR = tmp_path
    with locked(tmp_path / "manual" / "pdf.lock"):
        answer = client.get(PDF[language])
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "30", "no-store")
    page = soup(answer, 503)
    assert page.html["lang"] == language
    assert set(NUMBERS.values()) <= numbers(answer.content)
    assert INSTEAD[language] | {PDF[language]} <= {link["href"] for link in page.select("main a")}
    assert list((tmp_path / "manual").iterdir()) == [tmp_path / "manual" / "pdf.lock"]


def ask(start: Start, path: str) -> tuple[str, int, float, bytes]:
    """Return the path, the status, the seconds that the answer took, and its body."""
    host = start.address.removeprefix("http://")
    connection = HTTPConnection(host, timeout=120)
    began = time.monotonic()
    connection.request("GET", path, headers={"Host": host.replace("127.0.0.1", "localhost")})
    response = connection.getresponse()
    body = response.read()
    assert response.status != 503 or int(response.headers["Retry-After"]) == 30
    connection.close()
    return path, response.status, time.monotonic() - began, body


def makers(folder: Path) -> Iterator[int]:
    """Yield the processes that make a PDF now in the folder of a site."""
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = command.read_bytes().split(b"\0")
            parent = command.with_name("stat").read_text().rpartition(")")[2].split()[1]
            above = Path("/proc", parent, "cmdline").read_bytes()
        except OSError:
            continue
        # Not what it starts itself, such as ldconfig, which is its copy for a moment.
        if b"weasyprint" in words and b"weasyprint" not in above and any(os.fsencode(folder) in word for word in words):
            yield int(command.parent.name)


@pytest.fixture(scope="module")
def place(copy_site: CopySite) -> Place:
    """A copied site, copied before a test holds the database."""
    return copy_site()


@pytest.mark.long
@pytest.mark.any_database  # what waits is a process that knows no database
def test_twenty_readers_take_one_thread_and_all_other_pages_answer(place):
    with place.start() as start:
        start.wait_for_answer()
        for path in (*READY, *OTHERS):
            ask(start, path)
        most, over, others = 0, Event(), []

        def watch() -> None:
            nonlocal most
            while not over.wait(0.02):
                most = max(most, len(list(makers(place.folder))))

        with ThreadPoolExecutor(READERS + 1) as readers:
            watcher = readers.submit(watch)
            try:
                asked = [readers.submit(ask, start, PDF["sv" if number % 2 else "en"]) for number in range(READERS)]
                end = time.monotonic() + PATIENCE
                while not all(one.done() for one in asked) and time.monotonic() < end:
                    others += [ask(start, path) for path in (*READY, *OTHERS)]
                answers = [one.result(PATIENCE) for one in asked]
            finally:
                over.set()
            watcher.result(PATIENCE)
        made = [answer for answer in answers if answer[1] == 200]
        later = [answer for answer in answers if answer[1] == 503]
        assert (len(made), len(later)) == (1, READERS - 1)
        assert made[0][3].startswith(b"%PDF")
        assert most == 1
        assert all(set(NUMBERS.values()) <= numbers(body) for _path, _status, _seconds, body in later)
        # While it was made nobody else waited for it, and nobody for anything else.
        assert max(seconds for _path, _status, seconds, _body in later) < made[0][2]
        assert len(others) >= 2 * len(READY + OTHERS)
        assert {status for path, status, _seconds, _body in others if path in READY} == {200}
        assert {status for _path, status, _seconds, _body in others} == {200, 302, 404}
        assert max(seconds for _path, _status, seconds, _body in others) < made[0][2] / 2
        assert ask(start, made[0][0])[1:2] == (200,)


def numbers(body: bytes) -> set[str]:
    """Return the numbers that a page leads to."""
    links = BeautifulSoup(body, "html.parser").select("a[href^='tel:']")
    return {str(link["href"]) for link in links}
