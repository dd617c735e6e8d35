"""Readers who ask a started site one after the other, and what they were answered."""

import gzip
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from threading import Event, Lock, Thread

from tests.reading import NUMBERS

LOST = 0  # the status of a request that nobody answered

type Choose = Callable[[random.Random], tuple[str, str]]


@contextmanager
def running(threads: list[Thread], ended: Event) -> Iterator[None]:
    """Let threads run until the end of the block, of which an event tells them."""
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()


@dataclass(slots=True)
class Load:
    """Readers of a port of this machine; `choose` returns the kind of a request, and its path.

    `answers` counts by kind, status and source (the header Cache-Status); `slowest` is in seconds, by kind; `helpless`
    are the paths of answers without the page and without whom to call.
    """

    port: int
    choose: Choose
    readers: int = 4
    pause: float = 0.02  # seconds after each answer; leaves the processors to the site
    answers: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    helpless: list[str] = field(default_factory=list)
    _ended: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)
    _seeds: Iterator[int] = field(default_factory=count)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Ask until the end of the block."""
        self._ended.clear()
        chances = [random.Random(next(self._seeds)) for _reader in range(self.readers)]  # noqa: S311
        with running([Thread(target=self._ask, args=[chance]) for chance in chances], self._ended):
            yield

    @property
    def total(self) -> int:
        """The number of answers."""
        with self._lock:
            return self.answers.total()

    def statuses(self, *kinds: str) -> set[int]:
        """Return with which statuses requests of these kinds were answered, or of all."""
        with self._lock:
            return {status for kind, status, _source in self.answers if not kinds or kind in kinds}

    def sources(self) -> set[str]:
        """Return where answers came from."""
        with self._lock:
            return {source for _kind, _status, source in self.answers}

    def forget(self) -> None:
        """Count from nought."""
        with self._lock:
            self.answers.clear()
            self.slowest.clear()
            self.helpless.clear()

    def _ask(self, chance: random.Random) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        while not self._ended.is_set():
            kind, path = self.choose(chance)
            began = time.monotonic()
            try:
                connection.request("GET", path, headers={"Host": "localhost", "Accept-Encoding": "gzip"})
                response = connection.getresponse()
                status, source, body = response.status, response.getheader("Cache-Status", ""), response.read()
                if status >= 400 and response.getheader("Content-Encoding") == "gzip":
                    body = gzip.decompress(body)
            except (OSError, HTTPException):
                connection.close()
                status, source, body = LOST, "", b""
            self._note(kind, path, status, source, time.monotonic() - began, body)
            time.sleep(self.pause)
        connection.close()

    def _note(self, kind: str, path: str, status: int, source: str, seconds: float, body: bytes) -> None:
        with self._lock:
            self.answers[kind, status, source] += 1
            self.slowest[kind] = max(self.slowest.get(kind, 0.0), seconds)
            if status not in {200, 301, 302} and not names_whom_to_call(body):
                self.helpless.append(f"{status} {path}")


def ask(port: int, path: str) -> tuple[int, str]:
    """Ask for one page; return the status of the answer, and where it is from."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Host": "localhost", "Connection": "close"})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status, response.getheader("Cache-Status", "")


def names_whom_to_call(body: bytes) -> bool:
    """Tell whether a page leads to each of the three numbers."""
    return {*NUMBERS.values()} <= set(re.findall(r'href="(tel:\d+)"', body.decode()))
