"""A PostgreSQL that is away or stands still while readers ask: cached pages go on, all else says whom to call."""

import os
import random
import re
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

import pytest

from tests.config.load import Load, ask, names_whom_to_call
from tests.config.tcp_proxy import TcpProxy
from tests.conftest import CopySite
from tests.pages.page_cache.processes import PATIENCE, wait_until
from tests.pages.startup.starting import Place

pytestmark = pytest.mark.drill

# How long the database is away, and stands still (seconds).
OUTAGES = {"away": float(os.environ.get("AWAY_SECONDS", "1")), "silent": float(os.environ.get("STALL_SECONDS", "1"))}
WITHIN = 5.0  # seconds, for the answer that says whom to call
BACK_WITHIN = 10.0  # seconds after the return of the database
NOTICED_WITHIN = 3.0  # seconds; until then the database may have answered before it was gone
CACHED = ("/", "/en/", "/manual/", "/manual/akut-skydd/", "/kontakt/skane-lan/", "/vagledning/tecken/")
OTHERS = {"search": "/sok/?q=barn", "lookup": "/kontakt/?q=ume", "form": "/meddelande/", "missing": "/finns-inte/"}


@pytest.fixture(scope="module")
def proxied(copy_site: CopySite) -> Iterator[tuple[int, TcpProxy]]:
    """The port of a running site, and the proxy between it and its database."""
    place = copy_site()
    parts = urlsplit(place.database_url)
    proxy = TcpProxy(parts.hostname, parts.port or 5432)
    url = parts._replace(netloc=f"{parts.netloc.rpartition('@')[0]}@127.0.0.1:{proxy.port}").geturl()
    with Place(place.folder, url, place.port).start() as start:
        start.wait_for_answer()
        start.wait_until((place.folder / "ready/current/.built").exists)
        start.wait_until(lambda: all("hit" in ask(place.port, path)[1] for path in CACHED))
        yield place.port, proxy
    proxy.close()


def choose(chance: random.Random) -> tuple[str, str]:
    """Return a request: mostly for cached pages."""
    if chance.random() < 0.8:
        return "cached", chance.choice(CACHED)
    return chance.choice(list(OTHERS.items()))


def form_token(port: int) -> str:
    """Open the form for messages and return what proves that."""
    with urlopen(f"http://localhost:{port}{OTHERS['form']}", timeout=60) as page:
        return re.search(r'name="token" value="([^"]+)"', page.read().decode())[1]


def write_message(port: int, token: str) -> tuple[int, bytes, float]:
    """Send the form for messages; return the status, the page, and after how long it came (seconds)."""
    began = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
    fields = {"kind": "page-fault", "text": "Numret stämmer inte.", "token": token}
    connection.request("POST", OTHERS["form"], urlencode(fields), {"Host": "localhost"} | headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, body, time.monotonic() - began


def assert_readers_are_helped(load: Load) -> None:
    assert load.statuses("cached") == {200}, load.answers
    assert load.helpless == []
    assert max(load.slowest.values()) < WITHIN, load.slowest


@pytest.mark.parametrize("kind", OUTAGES)
def test_database_that_does_not_answer(proxied, kind):
    port, proxy = proxied
    load = Load(port, choose)
    with load.running():
        wait_until(lambda: load.total > 100, PATIENCE)
        assert load.statuses() <= {200, 404}
        token = form_token(port)
        with getattr(proxy, kind)():
            began = time.monotonic()
            load.forget()
            status, body, waited = write_message(port, token)
            assert (status, names_whom_to_call(body)) == (503, True)
            assert waited < WITHIN
            time.sleep(max(0.0, began + NOTICED_WITHIN + WITHIN - time.monotonic()))
            assert_readers_are_helped(load)
            load.forget()
            time.sleep(max(2.0, began + OUTAGES[kind] - time.monotonic()))
            assert_readers_are_helped(load)
            assert load.statuses(*OTHERS) == {503}
            assert load.total > 100
            assert any("database-away" in source for source in load.sources())
        wait_until(lambda: {ask(port, path)[0] for path in OTHERS.values()} == {200, 404}, BACK_WITHIN)
        time.sleep(1)  # for who began to ask before
        load.forget()
        wait_until(lambda: load.total > 100, PATIENCE)
    assert load.statuses() <= {200, 404}
    assert write_message(port, token)[0] == 302
    assert not any("away" in source for source in load.sources())
