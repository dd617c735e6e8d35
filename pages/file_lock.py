"""One thread of one process at a time, by a lock on a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files import locks


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait until nobody else holds the lock on a file, which is made where it is missing; a killed process lets go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        locks.lock(file, locks.LOCK_EX)
        yield
