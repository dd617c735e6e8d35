"""What keeps the log short enough to be read, and the disk from filling, while something is broken."""

import logging
import math
import time
from collections.abc import Callable
from threading import Lock
from traceback import walk_tb
from typing import Any

SECONDS = 60


class OncePerMinute(logging.Filter):
    """Lets through one failed answer or traceback of a kind a minute, with the number of those it kept back.

    Of a kind are errors of one class that were raised in one place. That a page is not there is no fault of the site,
    and is left out.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._monotonic = monotonic
        self._lock = Lock()
        self._shown: dict[Any, tuple[float, int]] = {}  # when (monotonic), and how many were kept back since

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a record is written."""
        status = getattr(record, "status_code", 0)
        if status == 404:
            return False
        if not record.exc_info and status < 500:
            return True
        now = self._monotonic()
        with self._lock:
            kind = (record.name, record.levelno, status, *_raised(record))
            shown_at, kept_back = self._shown.get(kind, (-math.inf, 0))
            if now - shown_at < SECONDS:
                self._shown[kind] = shown_at, kept_back + 1
                return False
            self._shown[kind] = now, 0
        if kept_back:
            record.msg, record.args = f"{record.getMessage()} (and {kept_back} like it before)", ()
        return True


def _raised(record: logging.LogRecord) -> tuple[Any, ...]:
    """Return of which class an error is, and where it was raised; without one, where it was logged."""
    if not record.exc_info or record.exc_info[2] is None:
        return None, record.pathname, record.lineno
    *_outer, (frame, line) = walk_tb(record.exc_info[2])
    return record.exc_info[0], frame.f_code.co_filename, line
