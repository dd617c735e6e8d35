"""Threads that Django works in, one request at a time, the most urgent first."""

import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from queue import PriorityQueue
from threading import Condition, Lock, get_native_id
from typing import Any

THREADS = 8  # few, so that whoever waits for Django keeps no database connection
# Between which Python changes threads. While Django works, cached pages must not wait for it long; else they would only
# take the interpreter from each other.
BUSY_SWITCH_SECONDS, IDLE_SWITCH_SECONDS = 0.0001, 0.005
# What Linux adds to the niceness of these threads. On a core that all share, cached pages go before; otherwise whoever
# computes keeps the core for the whole of its time slice.
NICENESS = 5
SLOT_SECONDS = 0.25  # who has waited so long for one request goes on beside it: it may be waiting itself
# Seconds that those who come later may go before: long ones for whoever can wait, and none for ever.
READER, SIGNED_IN, AHEAD = 0.0, 5.0, 60.0


class Slot:
    """Lets one request at a time into Django: more would not be faster, and would keep cached pages waiting."""

    def __init__(self) -> None:
        self._is_free = Condition()
        self._since: float | None = None  # when it was taken (monotonic seconds)

    def take(self) -> bool:
        """Wait for the slot and take it; return False after waiting long for one request, and go on without."""
        begun = time.monotonic()
        with self._is_free:
            while self._since is not None:
                left = max(begun, self._since) + SLOT_SECONDS - time.monotonic()
                if left <= 0:
                    return False
                self._is_free.wait(left)
            self._since = time.monotonic()
            return True

    def give_back(self) -> None:
        """Let the next in."""
        with self._is_free:
            self._since = None
            self._is_free.notify()


def let_cached_pages_pass() -> None:
    """Let the operating system prefer other threads to this one, where it tells threads from processes."""
    if sys.platform == "linux":
        own = get_native_id()
        os.setpriority(os.PRIO_PROCESS, own, os.getpriority(os.PRIO_PROCESS, own) + NICENESS)


class Workers:
    """Threads that Django works in: one request at a time, readers before who is signed in, these before no reader."""

    def __init__(self) -> None:
        self._slot = Slot()
        self._lock, self._at_work = Lock(), 0
        sys.setswitchinterval(IDLE_SWITCH_SECONDS)
        self._threads = ThreadPoolExecutor(THREADS, "page cache: Django", initializer=let_cached_pages_pass)
        self._waiting = PriorityQueue[tuple[float, int, Callable[[], Any], Future[Any]]]()
        self._numbers = count()  # among equals the first comes first

    @property
    def waiting(self) -> int:
        """The number of requests that wait for a slot."""
        return self._waiting.qsize()

    @property
    def at_work(self) -> int:
        """The number of requests that Django works on."""
        return self._at_work

    def run[T](self, work: Callable[[], T], lets_pass: float = READER) -> T:
        """Wait for a slot, do the work, and return what it returns."""
        done = Future[T]()
        self._waiting.put((time.monotonic() + lets_pass, next(self._numbers), work, done))
        self._threads.submit(self._work_on_next)
        return done.result()

    def _work_on_next(self) -> None:
        """Wait for a slot, and do then what is most urgent: there is as much to do as this is called."""
        has_slot = self._slot.take()
        _at, _number, work, done = self._waiting.get()
        self._count(1)
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001  (raised where it is waited for)
            done.set_exception(error)
        finally:
            self._count(-1)
            if has_slot:
                self._slot.give_back()

    def _count(self, begun: int) -> None:
        with self._lock:
            self._at_work += begun
            sys.setswitchinterval(BUSY_SWITCH_SECONDS if self._at_work else IDLE_SWITCH_SECONDS)
