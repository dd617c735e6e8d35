"""What a full disk, or one that has become read-only, is told by: by the system, by SQLite and by PostgreSQL."""

import errno
import sqlite3

import psycopg

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}
FULL_SQLITE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}
READONLY_SQLITE = sqlite3.SQLITE_READONLY  # in the last byte of several codes


def is_storage_full(error: BaseException | None) -> bool:
    """Tell whether an error means that nothing more can be stored; of Django's errors the cause tells it."""
    cause = error.__cause__ if error else None
    code = getattr(cause, "sqlite_errorcode", 0)
    return (
        (isinstance(error, OSError) and error.errno in FULL)
        or code in FULL_SQLITE
        or code & 0xFF == READONLY_SQLITE
        or isinstance(cause, psycopg.errors.DiskFull | psycopg.errors.ReadOnlySqlTransaction)
    )
