"""`manage.py serve` on a site that is there: nothing is made again, and it answers at once."""

import os
import re
import signal
import socket
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from tests.pages.startup.starting import RUN_MANAGE, Place, Visitor, free_port

pytestmark = [pytest.mark.xdist_group("serve"), pytest.mark.long]


def test_second_start_changes_nothing_and_answers_in_three_seconds(place, site):
    files = changed_at(place.folder / "static")
    rows = place.rows()
    assert len(files) > 500
    assert len(rows["wagtailcore_page"]) > 50
    walls, cpus = [], []
    for _ in range(3):
        begin = time.monotonic()
        with place.start("--port", str(free_port()), SITE_URL=place.address) as start:
            start.wait_for_answer()
            walls.append(time.monotonic() - begin)
            cpus.append(processor_seconds(start.process.pid))  # until the answer: then pages are built ahead
            assert start.stop() == 0
        assert re.fullmatch(r"Serving \S+ on \S+, port \d+\. Stop with Ctrl-C\.\n", start.output)
    assert place.rows() == rows
    assert changed_at(place.folder / "static") == files
    # When others use this machine's processors, what the start itself took of them must do.
    busy = os.getloadavg()[0] > (os.cpu_count() or 1)
    assert min(cpus if busy else walls) < 3, f"seconds: {walls}, of the processor: {cpus}"


def changed_at(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def processor_seconds(group: int) -> float:
    """Return what the processes of a group have used until now, and those that they have waited for."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has ended
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[2]) == group:
                ticks += sum(map(int, fields[11:15]))  # of itself and of its children, in user and kernel mode
    assert ticks
    return ticks / os.sysconf("SC_CLK_TCK")


# What it does last before it listens.
SLOW_TO_LISTEN = f"""
import os, pathlib, time
from waitress.server import TcpWSGIServer

def slow(self, _bind=TcpWSGIServer.bind_server_socket):
    folder = pathlib.Path(os.environ["DATA_DIR"])
    (folder / "waits").touch()
    while not (folder / "listen").exists():
        time.sleep(0.05)
    _bind(self)

TcpWSGIServer.bind_server_socket = slow
{RUN_MANAGE}
"""


def test_start_waits_for_one_that_does_not_listen_yet_and_finds_its_port_taken(place, site):
    port = str(free_port())
    with place.start("--port", port, program=("-c", SLOW_TO_LISTEN), SITE_URL=place.address) as first:
        first.wait_until((place.folder / "waits").exists)
        with place.start("--port", port, SITE_URL=place.address) as second:
            second.wait_until(lambda: "waiting for it" in second.output)
            (place.folder / "listen").touch()
            assert second.wait() == 1
        for name in ("waits", "listen"):
            (place.folder / name).unlink()
        assert f"Port {port} is taken" in second.output.splitlines()[-1]
        first.wait_for_answer()


def test_it_answers_while_other_requests_wait(place, site):
    visitors = [Visitor(place.address) for _ in range(3)]
    for visitor in visitors:
        visitor.get("/konto/login/")
    with ThreadPoolExecutor() as pool:
        with sessions_locked(place):
            # each waits for the lock, in a thread of its own, to begin a session
            waiting = [pool.submit(visitor.sign_in, "editor", site.passwords["editor"]) for visitor in visitors]
            time.sleep(1)
            assert site.answers()
            assert not any(request.done() for request in waiting)
        assert all('name="login"' not in request.result(30) for request in waiting)


@contextmanager
def sessions_locked(place: Place) -> Iterator[None]:
    """Keep everybody from signing in, as a slow database would; readers are not kept from reading."""
    if place.database_url:
        with psycopg.connect(place.database_url) as connection:
            connection.execute("LOCK TABLE django_session IN EXCLUSIVE MODE")
            yield
    else:
        with closing(sqlite3.connect(place.folder / "db.sqlite3", isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield


@pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2"])
def test_host_is_where_it_listens(place, site):
    port = free_port()
    variables = {"SITE_URL": place.address, "ALLOWED_HOSTS": "127.0.0.2"}
    with place.start("--host", "127.0.0.2", "--port", str(port), **variables) as start:
        start.wait_for_answer()
        assert start.output == f"Serving {place.address} on 127.0.0.2, port {port}. Stop with Ctrl-C.\n"
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=30)


def test_killed_site_lets_go_of_its_port(place, site):
    with place.start("--port", str(free_port()), SITE_URL=place.address) as start:
        start.wait_for_answer()
        start.stop(signal.SIGKILL)
        end = time.monotonic() + 10
        while start.answers():
            assert time.monotonic() < end
            time.sleep(0.1)
