"""A PostgreSQL that stands still: everybody is told whom to call within five seconds, and soon at once."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import build_opener

import psycopg
import pytest
from bs4 import BeautifulSoup

from tests.config.tcp_proxy import TcpProxy
from tests.conftest import CopySite
from tests.pages.startup.starting import Place, Start
from tests.reading import assert_numbers

pytestmark = pytest.mark.long

CACHED = ("/", "/en/", "/manual/akut-skydd/", "/kontakt/skane-lan/")
NOT_CACHED = ("/sok/?q=barn", "/kontakt/?q=lund", "/meddelande/", "/en/message/", "/admin/", "/finns-inte/")
WITHIN = 5.0  # seconds
AT_ONCE = 1.0  # seconds, as a rule: nobody waits for the database any more; with a dozen at a time
READERS = 12


def ask(address: str) -> tuple[str, int, str, float]:
    """Return what is asked for, the status, the text, and after how long it came (seconds)."""
    began = time.monotonic()
    try:
        with build_opener().open(address, timeout=60) as answer:
            status, text = answer.status, answer.read().decode()
    except HTTPError as error:
        status, text = error.code, error.read().decode()
    return address, status, text, time.monotonic() - began


@pytest.fixture(scope="module")
def proxied(copy_site: CopySite) -> Iterator[tuple[Start, TcpProxy, str]]:
    """A site that reaches its database through a proxy, the proxy, and the database's own address."""
    place = copy_site()
    parts = urlsplit(place.database_url)
    proxy = TcpProxy(parts.hostname, parts.port or 5432)
    credentials = parts.netloc.rpartition("@")[0]
    url = parts._replace(netloc=f"{credentials}@127.0.0.1:{proxy.port}").geturl()
    with Place(place.folder, url, place.port).start() as start:
        start.wait_for_answer()
        for path in CACHED:
            assert ask(start.address + path)[1] == 200
        yield start, proxy, place.database_url
    proxy.close()


def asked_at_once(start: Start, paths: tuple[str, ...]) -> list[tuple[str, int, str, float]]:
    with ThreadPoolExecutor(READERS) as pool:
        return list(pool.map(ask, (start.address + path for path in paths * READERS)))


def assert_whom_to_call(answers: list[tuple[str, int, str, float]], paths: tuple[str, ...] = NOT_CACHED) -> None:
    assert len(answers) == READERS * len(paths)
    for address, status, text, seconds in answers:
        assert (address, status) == (address, 503)
        assert_numbers(BeautifulSoup(text, "html.parser"))
        assert seconds < WITHIN, f"{address} after {seconds:.1f} s"


def test_readers_of_a_silent_database_are_answered(proxied):
    start, proxy, _url = proxied
    with proxy.silent() as began:
        first = asked_at_once(start, NOT_CACHED)
        assert_whom_to_call(first)
        time.sleep(max(0.0, began + WITHIN - time.monotonic()))
        later = asked_at_once(start, NOT_CACHED)
        assert_whom_to_call(later)
        assert median(seconds for *_answer, seconds in later) < AT_ONCE
        cached = asked_at_once(start, CACHED)
        assert {status for _address, status, _text, _seconds in cached} == {200}
        assert median(seconds for *_answer, seconds in cached) < AT_ONCE
    start.wait_until(lambda: ask(f"{start.address}/sok/?q=barn")[1] == 200)
    answers = asked_at_once(start, NOT_CACHED)
    assert {status for _address, status, _text, _seconds in answers} == {200, 404}


@pytest.mark.parametrize("path", NOT_CACHED)
def test_who_asks_for_what_another_waits_for_does_not_wait_twice(proxied, path):
    start, proxy, _url = proxied
    asked_at_once(start, NOT_CACHED)  # over connections that stand when the silence begins
    with proxy.silent(), ThreadPoolExecutor(READERS) as pool:
        asked = []
        for _number in range(READERS):
            asked.append(pool.submit(ask, start.address + path))
            time.sleep(0.3)
        assert_whom_to_call([each.result() for each in asked], (path,))
    start.wait_until(lambda: ask(f"{start.address}/sok/?q=barn")[1] == 200)


def test_who_waits_for_a_lock_is_told_so(proxied):
    start, _proxy, url = proxied
    with psycopg.connect(url) as connection:
        connection.execute("LOCK TABLE pages_searchentry IN ACCESS EXCLUSIVE MODE")
        _address, status, text, seconds = ask(f"{start.address}/sok/?q=barn+lund")
    assert status == 503
    assert seconds < WITHIN
    assert_numbers(BeautifulSoup(text, "html.parser"))
