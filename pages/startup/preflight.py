"""What must hold before the site can start; each error says in one line what to do."""

import errno
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files import locks
from django.core.management import CommandError
from django.db import DatabaseError, connection

# What is in the data folder for the site's own user alone; nginx reads `ready`, `static` and `media`.
PRIVATE = ("mail", "manual", "private", "secret_key", "db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm")
ADVISORY_LOCK = 390_000_112  # any number, as long as every start of this site takes the same


def keep_private() -> None:
    """Make what this process writes readable by its own user alone, and what earlier ones have written.

    What nginx reads is written with modes of its own.
    """
    os.umask(0o077)
    for path in (settings.DATA_DIR / name for name in PRIVATE):
        with suppress(OSError):  # it is not there, or another's
            path.chmod(path.stat().st_mode & 0o700)


class StartLock:
    """Lets one start at a time prepare a data folder.

    The system releases it when a start is killed.
    """

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = (folder / "serve.lock").open("w")
        except OSError as error:
            raise CommandError(
                f"{folder} cannot be written ({error.strerror}). Make it writable, or set DATA_DIR to a folder that is."
            ) from error

    def acquire(self, say: Callable[[str], object]) -> None:
        """Take the lock; if another start has it, say so and wait."""
        if not locks.lock(self._file, locks.LOCK_EX | locks.LOCK_NB):
            say(f"Another start is preparing {settings.DATA_DIR}; waiting for it ...")
            locks.lock(self._file, locks.LOCK_EX)

    def release(self) -> None:
        """Let the next start in."""
        locks.unlock(self._file)


def free_address(host: str, port: int) -> str:
    """Return the numeric address of `host`, if nothing listens on `port` there; else say so before all else is done."""
    try:
        family, kind, _protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CommandError(
                f"Port {port} is taken. Stop what uses it, or choose another: serve --port {port + 1}"
            ) from error
        raise CommandError(
            f"Cannot listen on {host}, port {port} ({error.strerror}). Choose others with --host and --port."
        ) from error
    return str(address[0])


def check_database() -> None:
    """Connect to the database; a file of SQLite's that may only be read would be told of by the first write."""
    if connection.vendor == "sqlite":
        name = settings.DATABASES["default"]["NAME"]
        for path in (Path(f"{name}{suffix}") for suffix in ("", "-wal", "-shm")):
            if path.exists() and not os.access(path, os.W_OK):
                raise CommandError(f"{path} can only be read. Make it writable, or set DATA_DIR to another folder.")
    try:
        connection.ensure_connection()
    except (DatabaseError, ImproperlyConfigured) as error:
        if connection.vendor == "sqlite":
            advice = f"Put a backup in place of {settings.DATABASES['default']['NAME']}, or move the file away."
        else:
            advice = (
                "Start the server, create the database, or correct DATABASE_URL (postgresql://user:password@host/name)."
            )
        raise CommandError(f"No connection to the database ({one_line(error)}). {advice}") from error


def lock_database(say: Callable[[str], object]) -> None:
    """Let one start at a time prepare a PostgreSQL database, until the connection is closed.

    Starts on other machines do not see the lock of the data folder. SQLite needs no other.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
        if not cursor.fetchone()[0]:
            say("Another start is preparing the database; waiting for it ...")
            cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])


def one_line(error: Exception) -> str:
    """Return an error's text without line breaks and without the full stop."""
    return " ".join(str(error).split()).rstrip(".")
