"""Where the log goes, and what keeps it short, and the disk from filling, while something is broken."""

import copy
import logging
import math
import time
from collections.abc import Callable
from threading import Lock
from traceback import walk_tb
from typing import Any


def logging_settings(*, as_json: bool) -> dict[str, Any]:
    """Return Django's LOGGING: errors of each kind once a minute to the log, and once an hour to the operators."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
            "json": {"()": "config.log_lines.JsonLine"},
        },
        "filters": {
            "once_per_minute": {"()": "config.logs.OncePerMinute"},
            "once_per_hour": {"()": "config.logs.OncePerHour"},
            "without_answers": {"()": "config.log_answers.WithoutAnswers"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "json" if as_json else "text",
                "filters": ["once_per_minute", "without_answers"],
            },
            "operators": {
                "class": "config.operators.OperatorMail",
                "level": "ERROR",
                "formatter": "json",
                "filters": ["once_per_hour", "without_answers"],
            },
        },
        "root": {"handlers": ["console", "operators"], "level": "WARNING"},
        "loggers": {"config.accounts": {"level": "INFO"}, "contacts": {"level": "INFO"}},
    }


class OncePerMinute(logging.Filter):
    """Lets through one failed answer or traceback of a kind a minute, with the number of those it kept back.

    Of a kind are errors of one class that were raised in one place. That a page is not there is no fault of the site,
    and is left out.
    """

    seconds = 60

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._monotonic = monotonic
        self._lock = Lock()
        self._shown: dict[Any, tuple[float, int]] = {}  # when (monotonic), and how many were kept back since

    def filter(self, record: logging.LogRecord) -> bool | logging.LogRecord:
        """Tell whether a record is written; where others were kept back, return it with their number."""
        if getattr(record, "status_code", 0) == 404:
            return False
        if not self._is_limited(record):
            return True
        now, kind = self._monotonic(), kind_of(record)
        with self._lock:
            shown_at, kept_back = self._shown.get(kind, (-math.inf, 0))
            if now - shown_at < self.seconds:
                self._shown[kind] = shown_at, kept_back + 1
                return False
            self._shown[kind] = now, 0
        if not kept_back:
            return True
        told = copy.copy(record)  # another handler has a number of its own
        told.msg = f"{record.msg} (and {kept_back} like it before)"
        return told

    def _is_limited(self, record: logging.LogRecord) -> bool:
        return bool(record.exc_info) or getattr(record, "status_code", 0) >= 500


class OncePerHour(OncePerMinute):
    """Lets through one record of a kind an hour, whatever it is."""

    seconds = 3600

    def _is_limited(self, record: logging.LogRecord) -> bool:
        return True


def kind_of(record: logging.LogRecord) -> tuple[Any, ...]:
    """Return what records of a kind have alike: of which class an error is, and where it was raised, else logged."""
    about = (record.name, record.levelno, getattr(record, "status_code", 0))
    if not record.exc_info or record.exc_info[2] is None:
        return *about, None, record.pathname, record.lineno
    *_outer, (frame, line) = walk_tb(record.exc_info[2])
    return *about, record.exc_info[0], frame.f_code.co_filename, line
