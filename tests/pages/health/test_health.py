"""`/health/live` and `/health/ready`: what they say, how soon, and to whom."""

import json
import logging
import socket
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from pages.health import checks
from pages.health.checks import CHECKS, disk
from pages.health.wsgi import Health
from tests.browser.served import NO_DATABASE
from tests.pages.startup.starting import Place

SECRETS = ("postgres", "password", "127.0.0.1")


def ask(place: Place, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", place.port, timeout=30)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, {name.lower(): value for name, value in response.getheaders()}, body


@pytest.mark.long
@pytest.mark.xdist_group("serve")
class TestServer:
    def test_started_site_is_alive_and_ready(self, place, site):
        status, headers, body = ask(place, "/health/live", Host="any.example.org")
        assert (status, json.loads(body)) == (200, {"status": "ok"})
        status, headers, body = ask(place, "/health/ready", Host="any.example.org")
        found = json.loads(body)["checks"]
        jobs = found.pop("jobs")  # this site runs none, and says so after a quarter of an hour
        assert status == (200 if jobs["ok"] else 503), body
        assert set(found) >= {"database", "migrations", "disk", "generation"}
        assert all(check["ok"] and check["words"] for check in found.values())
        assert headers["cache-control"] == "no-store"
        assert not {"set-cookie", "location"} & set(headers)
        assert not any(secret in body.decode() for secret in (*SECRETS, str(place.folder)))

    def test_head_is_answered_and_other_methods_are_not(self, place, site):
        status, headers, body = ask(place, "/health/ready", "HEAD")
        assert (status, body) == (200, b"")
        assert int(headers["content-length"]) > 100
        status, headers, _body = ask(place, "/health/ready", "POST")
        assert (status, headers["allow"]) == (405, "GET, HEAD")

    @pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"])
    def test_nobody_is_answered_through_a_proxy(self, place, site, header):
        status, headers, _body = ask(place, "/health/ready", **{header: "https", "Host": "localhost"})
        assert status in {301, 404}
        assert headers.get("content-type", "").startswith("text/html")
        assert ask(place, "/health/other", Host="localhost")[0] in {301, 404}


@pytest.mark.long
@pytest.mark.xdist_group("serve")
@pytest.mark.any_database
def test_server_that_starts_without_its_database_is_alive_and_not_ready(new_place):
    place = new_place()
    command = ("manage.py", "serve", "--no-prepare", "--port", str(place.port))
    with place.run(*command, address=place.address, SITE_URL=place.address, DATABASE_URL=NO_DATABASE) as start:
        start.wait_until(lambda: "\nServing " in start.output)
        away = start.output.splitlines()[0]
        assert away.startswith("No connection to the database")
        assert away.endswith("Until it answers, cached pages are served.")
        start.wait_until(lambda: can_connect(place.port))
        assert ask(place, "/health/live")[0] == 200
        begun = time.monotonic()
        status, _headers, body = ask(place, "/health/ready")
        assert time.monotonic() - begun < checks.SECONDS + 1
        assert status == 503
        found = json.loads(body)["checks"]
        assert found["database"] == {"ok": False, "words": "the database does not answer"}
        assert not found["generation"]["ok"]
        assert found["disk"]["ok"]


def can_connect(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


class Asked:
    """What a server of the two addresses answers to a request, without the site behind it."""

    def __init__(self) -> None:
        self.health = Health(self._site)

    def _site(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("404 Not Found", [])
        return [b"the site"]

    def ask(self, path: str = "/health/ready", **environ: str) -> tuple[int, bytes]:
        statuses: list[str] = []
        given = {"PATH_INFO": path, "REQUEST_METHOD": "GET", "REMOTE_ADDR": "127.0.0.1"} | environ
        body = b"".join(self.health(given, lambda status, _headers: statuses.append(status)))
        return int(statuses[0][:3]), body


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """A server that checks nothing but the disk."""
    for name in set(CHECKS) - {"disk"}:
        monkeypatch.delitem(CHECKS, name)
    return Asked()


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_answered(asked, address):
    assert asked.ask(REMOTE_ADDR=address)[0] == 200


@pytest.mark.parametrize("address", ["192.0.2.1", "10.0.0.1", "::ffff:192.0.2.1", "2001:db8::1", ""])
def test_other_machines_are_not(asked, address):
    assert asked.ask(REMOTE_ADDR=address) == (404, b"the site")
    assert asked.ask("/health/live", REMOTE_ADDR=address) == (404, b"the site")


@pytest.fixture
def released() -> Iterator[Event]:
    event = Event()
    yield event
    event.set()


def test_check_that_hangs_keeps_nobody_waiting(asked, released, monkeypatch):
    for number in range(3):
        monkeypatch.setitem(CHECKS, f"hanging-{number}", lambda: (released.wait(60), "never"))
    for _time in range(3):  # more than there are threads
        begun = time.monotonic()
        status, body = asked.ask()
        assert time.monotonic() - begun < checks.SECONDS + 1
        assert status == 503
        assert json.loads(body)["checks"]["hanging-0"] == {"ok": False, "words": "no answer within 2 s"}
    assert asked.ask("/health/live")[0] == 200
    released.set()
    time.sleep(0.1)
    assert asked.ask()[0] == 200


def test_check_that_breaks_is_said_without_its_words(asked, monkeypatch, caplog):
    def break_off() -> tuple[bool, str]:
        raise RuntimeError("password")

    monkeypatch.setitem(CHECKS, "broken", break_off)
    with caplog.at_level(logging.ERROR):
        status, body = asked.ask()
    assert status == 503
    assert json.loads(body)["checks"]["broken"] == {"ok": False, "words": "cannot be told: see the log"}
    assert "password" in caplog.text


def test_check_of_another_part_counts(asked, monkeypatch):
    monkeypatch.setitem(CHECKS, "jobs", lambda: (False, "not run since yesterday"))
    status, body = asked.ask()
    assert (status, json.loads(body)["status"]) == (503, "failing")
    assert json.loads(body)["checks"]["jobs"]["words"] == "not run since yesterday"


def test_disk_without_room_or_that_cannot_be_written(monkeypatch, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert disk()[0]
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(checks, "LEAST_FREE", 2**60)
    is_well, words = disk()
    assert not is_well
    assert "MB free: fewer than" in words
    for folder in (Path("/proc"), tmp_path / "missing"):
        settings.DATA_DIR = folder
        is_well, words = disk()
        assert not is_well
        assert words.startswith("the data folder cannot be written (")
