"""Who asks a database that does not answer: one thread of its own, and nobody whom a reader waits for."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from psycopg import OperationalError
from psycopg.errors import LockNotAvailable, QueryCanceled

from config.postgresql.base import Silence
from tests.pages.page_cache.processes import wait_until

pytestmark = pytest.mark.any_database

PARAMS = {"host": "db.example.org"}


class Server:
    """A server that answers what it is asked, or does not."""

    def __init__(self) -> None:
        self.answers = False
        self.asked: list[dict[str, Any]] = []
        self.error: type[Exception] = OperationalError

    def ask(self, params: dict[str, Any]) -> None:
        self.asked.append(params)
        if not self.answers:
            raise self.error("timeout")


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def silence(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Silence]:
    monkeypatch.setattr("config.postgresql.base.AGAIN_SECONDS", 0.01)
    silence = Silence(server.ask)
    yield silence
    server.answers = True
    wait_until(lambda: not silence.is_known)


@pytest.fixture
def wait(silence: Silence, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that lets threads wait in vain for so many seconds."""
    now = [100.0]
    clock = SimpleNamespace(monotonic=lambda: now[0], sleep=time.sleep)
    monkeypatch.setattr("config.postgresql.base.time", clock)

    def end_in_vain(seconds: float, error: type[Exception], others: threading.Barrier) -> None:
        with silence.noticed(PARAMS):
            others.wait(10)
            now[0] += seconds
            raise error("in vain")

    def wait(seconds: float, error: type[Exception] = OperationalError, threads: int = 1) -> None:
        others = threading.Barrier(threads)
        with ThreadPoolExecutor(threads) as pool:
            for waiting in [pool.submit(end_in_vain, seconds, error, others) for _number in range(threads)]:
                with pytest.raises(error, match="in vain"):
                    waiting.result()

    return wait


def ask(silence: Silence) -> str:
    with silence.noticed(PARAMS):
        return "answered"


def askers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "silent database"]


def test_all_are_refused_at_once_until_there_is_an_answer(silence, server, wait):
    wait(4)
    with ThreadPoolExecutor(1) as other:
        for refused in (lambda: ask(silence), lambda: other.submit(ask, silence).result()):
            with pytest.raises(OperationalError, match="asked again and again"):
                refused()
    wait_until(lambda: len(server.asked) > 2)
    assert silence.is_known
    assert server.asked[0] == PARAMS
    server.answers = True
    wait_until(lambda: not silence.is_known)
    assert ask(silence) == "answered"
    wait_until(lambda: not askers())


def test_one_thread_asks_however_many_have_waited(silence, wait):
    wait(4, threads=4)
    assert silence.is_known
    assert len(askers()) == 1


@pytest.mark.parametrize(("seconds", "is_known"), [(0.0, False), (0.9, False), (1.0, True), (4.1, True)])
def test_silence_is_a_wait_that_ends_without_an_answer(silence, wait, seconds, is_known):
    wait(seconds)
    assert silence.is_known is is_known


@pytest.mark.parametrize("error", [QueryCanceled, LockNotAvailable])
def test_what_the_server_says_of_a_wait_is_an_answer(silence, wait, error):
    wait(4, error)
    assert not silence.is_known
    assert ask(silence) == "answered"


def test_who_cannot_even_ask_refuses_nobody_for_ever(silence, server, wait):
    server.error = ValueError
    wait(4)
    wait_until(lambda: not silence.is_known)
    assert ask(silence) == "answered"
