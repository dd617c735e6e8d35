"""One process at a time runs jobs: a lock that goes with the process, or with its connection, however they end.

No time is written down with it, so that no clock can hold it.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.files import locks
from django.db import Error as DatabaseError
from django.db import connection

logger = logging.getLogger(__name__)

ADVISORY_LOCK = 390_000_113  # any number that no other lock of this site has


@contextmanager
def job_lock() -> Iterator[bool]:
    """Yield whether this process may run jobs now; without waiting. Jobs of two sites do not meet.

    On PostgreSQL the lock belongs to the connection that jobs work with: who loses it can do no more.
    """
    with _of_server() if connection.vendor == "postgresql" else _of_file() as is_held:
        yield is_held


@contextmanager
def _of_file() -> Iterator[bool]:
    with (settings.DATA_DIR / "jobs.lock").open("w") as file:
        yield locks.lock(file, locks.LOCK_EX | locks.LOCK_NB)


@contextmanager
def _of_server() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
        is_held = cursor.fetchone()[0]
    try:
        yield is_held
    finally:
        if is_held:
            _unlock()


def _unlock() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])
    except DatabaseError:
        connection.close()  # which unlocks too
