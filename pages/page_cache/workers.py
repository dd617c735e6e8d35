"""Threads that Django works in: few, so that whoever waits for Django keeps no database connection."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore

THREADS = 8
AT_ONCE = 1  # requests in Django: more would not be faster, and would keep the interpreter from ready pages
TURN_SECONDS = 0.25  # whoever has waited so long goes on; what holds a turn may be waiting itself


class Workers:
    """Lets few requests into Django at a time, in the order in which they came."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Begin in this process; threads of its parent are not there."""
        self._free = BoundedSemaphore(AT_ONCE)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="ready pages: Django")

    def run[T](self, work: Callable[[], T]) -> T:
        """Do work in turn, and return what it returns."""
        return self._threads.submit(self._in_turn, work).result()

    def _in_turn[T](self, work: Callable[[], T]) -> T:
        taken = self._free.acquire(timeout=TURN_SECONDS)
        try:
            return work()
        finally:
            if taken:
                self._free.release()
