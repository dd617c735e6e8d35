"""Whom Django works for first: readers, then who is signed in, then nobody, ahead of time."""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import Event, get_native_id

import pytest

from pages.page_cache import workers
from pages.page_cache.workers import AHEAD, READER, SIGNED_IN, Workers
from pages.page_cache.wsgi import lets_pass
from tests.tools import tool_or_skip


class Queue:
    """Workers whose one slot is taken; `order` tells who was worked for after it was free."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self.order: list[str] = []
        self._workers, self._pool, self._may_end, is_held = Workers(), pool, Event(), Event()
        self._asked: list[Future] = [
            pool.submit(self._workers.run, lambda: (is_held.set(), self._may_end.wait(10))),
        ]
        assert is_held.wait(10)

    def ask(self, name: str, lets_pass: float) -> None:
        """Ask for work, and return when it waits."""
        before = self._workers.waiting
        self._asked.append(self._pool.submit(self._workers.run, partial(self.order.append, name), lets_pass))
        while self._workers.waiting == before:
            time.sleep(0.001)

    def finish(self) -> list[str]:
        """Let go of the slot and return the order."""
        self._may_end.set()
        for each in self._asked:
            each.result(10)
        return self.order


@pytest.fixture
def queue(monkeypatch) -> Iterator[Queue]:
    monkeypatch.setattr(workers, "SLOT_SECONDS", 10)  # nobody goes on without a slot
    with ThreadPoolExecutor(5) as pool:
        yield Queue(pool)


def test_readers_go_before_who_is_signed_in_and_these_before_what_is_built_ahead(queue):
    for name, patience in (("ahead", AHEAD), ("editor", SIGNED_IN), ("reader", READER), ("second reader", READER)):
        queue.ask(name, patience)
    assert queue.finish() == ["reader", "second reader", "editor", "ahead"]


def test_who_has_waited_long_enough_lets_nobody_pass(queue):
    queue.ask("editor", 0.01)
    time.sleep(0.05)
    queue.ask("reader", READER)
    assert queue.finish() == ["editor", "reader"]


def test_cached_pages_go_before_django_where_they_share_a_core():
    tool_or_skip("Linux", sys.platform == "linux", "elsewhere niceness belongs to processes")

    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, get_native_id())

    assert Workers().run(niceness) == niceness() + workers.NICENESS > niceness()


def test_only_who_has_a_session_lets_readers_pass(settings):
    assert lets_pass({"HTTP_COOKIE": f"csrftoken=x; {settings.SESSION_COOKIE_NAME}=y"}) == SIGNED_IN > READER
    assert lets_pass({"HTTP_COOKIE": "csrftoken=x"}) == lets_pass({}) == READER


def test_short_requests_are_never_beside_each_other_however_long_the_last_waits(monkeypatch):
    monkeypatch.setattr(workers, "SLOT_SECONDS", 0.1)
    at_work, most = Counter[str](), []

    def work() -> None:
        at_work["now"] += 1
        most.append(at_work["now"])
        time.sleep(0.04)
        at_work["now"] -= 1

    begun, those = time.monotonic(), Workers()
    with ThreadPoolExecutor(8) as pool:
        for each in [pool.submit(those.run, work) for _number in range(8)]:
            each.result(10)
    assert time.monotonic() - begun > 2 * workers.SLOT_SECONDS
    assert most == [1] * 8
