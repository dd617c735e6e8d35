"""One process at a time runs jobs, and one those that take long.

The locks go with the process, or with its connection, however they end. No time is written down with them, so that no
clock can hold them.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.files import locks
from django.db import Error as DatabaseError
from django.db import connection

logger = logging.getLogger(__name__)

# By whether the jobs take long: any numbers that no other lock of this site has.
ADVISORY_LOCKS = {False: 390_000_113, True: 390_000_114}
FILES = {False: "jobs.lock", True: "long-jobs.lock"}


@contextmanager
def job_lock(*, long: bool = False) -> Iterator[bool]:
    """Yield whether this process may run jobs now, or those that take long; without waiting.

    Jobs of two sites do not meet. On PostgreSQL the lock belongs to the connection that jobs work with: who loses it
    can do no more.
    """
    server, file = ADVISORY_LOCKS[long], FILES[long]
    with _of_server(server) if connection.vendor == "postgresql" else _of_file(file) as is_held:
        yield is_held


@contextmanager
def _of_file(name: str) -> Iterator[bool]:
    with (settings.DATA_DIR / name).open("w") as file:
        yield locks.lock(file, locks.LOCK_EX | locks.LOCK_NB)


@contextmanager
def _of_server(number: int) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        is_held = cursor.fetchone()[0]
    try:
        yield is_held
    finally:
        if is_held:
            _unlock(number)


def _unlock(number: int) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
    except DatabaseError:
        connection.close()  # which unlocks too
