"""Two servers behind nginx that start again in turn: every request is answered by the application."""

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Lock, Thread

import pytest

from tests.config.load import running
from tests.config.nginx import configure, need_nginx, running_nginx
from tests.conftest import CopySite
from tests.pages.page_cache.processes import wait_until
from tests.pages.startup.starting import PATIENCE, Start, free_port

pytestmark = [pytest.mark.drill, pytest.mark.any_database]  # it is about nginx and signals

RESTARTS = int(os.environ.get("RESTARTS", "3"))
REQUESTS = 500 if RESTARTS >= 20 else 100  # from one restart to the next
CLIENTS = 4
# What the application alone answers so: none of it is ready for nginx. 422 is the form's own word, which takes no such
# message; the others are answered soon, so that there are many.
ASKED = {
    ("GET", "/kontakt/?q=lund"): 302,
    ("POST", "/robots.txt"): 405,
    ("GET", "/register/coordinators.json"): 200,
    ("POST", "/sitemap.xml"): 405,
    ("GET", "/robots.txt"): 200,
    ("POST", "/meddelande/"): 422,
}


class Load:
    """Clients that ask and send forms without a break; what they were answered."""

    def __init__(self, port: int) -> None:
        self.answers: Counter[tuple[str, str, object]] = Counter()
        self._port = port
        self._ended = Event()
        self._lock = Lock()

    @contextmanager
    def running(self) -> Iterator[None]:
        """Ask until the end of the block."""
        with running([Thread(target=self._ask_on) for _number in range(CLIENTS)], self._ended):
            yield

    def wrong(self) -> dict[tuple[str, str, object], int]:
        """Return the answers that are not the application's own."""
        return {(*asked, answer): n for (*asked, answer), n in self.answers.items() if ASKED[tuple(asked)] != answer}

    def _ask_on(self) -> None:
        while not self._ended.is_set():
            for method, path in ASKED:
                self.ask(method, path)

    def ask(self, method: str, path: str) -> None:
        """Ask once."""
        connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
        headers = {"Host": "localhost", "Origin": "http://localhost", "Connection": "close"}
        body = "text=" if method == "POST" else None
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            response.read()
            answer: object = response.status
        except (OSError, HTTPException) as error:
            answer = repr(error)
        finally:
            connection.close()
        with self._lock:
            self.answers[method, path, answer] += 1


def test_rolling_restart_loses_no_request(copy_site: CopySite, tmp_path: Path):
    need_nginx()
    place, port, other = copy_site(), free_port(), free_port()
    configure(tmp_path, port, place, other_ports=[other])
    load = Load(port)

    def start(number: int, *options: str) -> Start:
        command = ("manage.py", "serve", "--port", str(number), *options)
        address = f"http://127.0.0.1:{number}"
        begun = stack.enter_context(place.run(*command, address=address, SITE_URL=place.address))
        begun.wait_for_answer()
        wait_until(lambda: not stop_file(number).exists(), PATIENCE)
        return begun

    def stop_file(number: int) -> Path:
        return place.folder / "ready" / f"stopping-{number}"

    with ExitStack() as stack, running_nginx(tmp_path, port):
        servers = {number: start(number) for number in (place.port, other)}
        # By the file alone nginx leaves a server out, which takes what it is sent and never answers.
        stop_file(place.port).touch()
        servers[place.port].process.send_signal(signal.SIGSTOP)
        for method, path in ASKED:
            load.ask(method, path)
            assert load.wrong() == {}
        servers[place.port].process.send_signal(signal.SIGCONT)
        stop_file(place.port).unlink()
        with load.running():
            for restart in range(RESTARTS):
                wait_until(lambda: load.answers.total() >= REQUESTS * (restart + 1), PATIENCE)  # noqa: B023
                number = (place.port, other)[restart % 2]
                begun = time.monotonic()
                assert servers[number].stop(signal.SIGTERM) == 0
                assert time.monotonic() - begun < 10
                assert stop_file(number).exists()
                servers[number] = start(number, "--no-prepare")
            wait_until(lambda: load.answers.total() >= REQUESTS * (RESTARTS + 1), PATIENCE)
    assert load.wrong() == {}
    posts = sum(count for (method, *_), count in load.answers.items() if method == "POST")
    assert posts > REQUESTS * RESTARTS / 3
    assert not list(place.folder.glob("ready/stopping-*"))
