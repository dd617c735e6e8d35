"""Threads that do the same at once, and change places as often as the interpreter can."""

import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

THREADS = 16


def at_once[T, R](ask: Callable[[T], R], given: Iterable[T]) -> list[R]:
    """Return what each of the given things leads to, in their order."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(ask, given))
    finally:
        sys.setswitchinterval(interval)
