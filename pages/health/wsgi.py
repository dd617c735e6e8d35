"""`/health/live`, `/health/ready` and `/metrics`, answered before all else: no redirect, no host, no cookie.

To this machine alone, and to nobody through a proxy: others get the page of an address that is not there.
"""

import json
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any

from django.db import DatabaseError, InterfaceError, connection
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.core import GaugeMetricFamily

from pages.health.checks import CHECKS, NUMBERS, SECONDS, Check, Numbers
from pages.metrics import REGISTRY
from pages.startup.schema import known_migrations

logger = logging.getLogger(__name__)

THREADS = 8  # at most, also while checks wait for something that is away
METHODS = ("GET", "HEAD")
JSON = "application/json"
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED")

type Answer = tuple[HTTPStatus, str, bytes]  # with its media type


class Health:
    """Answers the three addresses; every other request is for the application.

    `at_once` is what a server may ask before, with the bytes of a request: None where nothing is cached.
    """

    def __init__(
        self, application: Callable[..., Iterable[bytes]], at_once: Callable[[bytes], bytes | None] | None = None
    ) -> None:
        known_migrations()  # while the files are those that this process runs
        self._application = application
        self.at_once = at_once
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="health")
        self._answers = {"/health/live": _live, "/health/ready": self._ready, "/metrics": self._metrics}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer = self._answers.get(environ["PATH_INFO"])
        if answer is None or not _is_asked_here(environ):
            return self._application(environ, start_response)
        if environ["REQUEST_METHOD"] not in METHODS:
            status, kind, data = HTTPStatus.METHOD_NOT_ALLOWED, JSON, b""
        else:
            status, kind, data = answer()
        headers = [("Content-Type", kind), ("Content-Length", str(len(data))), ("Cache-Control", "no-store")]
        headers += [("X-Content-Type-Options", "nosniff"), ("Allow", ", ".join(METHODS))]
        start_response(f"{status.value} {status.phrase}", headers)
        return [b""] if environ["REQUEST_METHOD"] == "HEAD" else [data]

    def _ready(self) -> Answer:
        checks = {name: {"ok": is_well, "words": words} for name, (is_well, words) in self._check().items()}
        is_well = all(check["ok"] for check in checks.values())
        body = {"status": "ok" if is_well else "failing", "checks": checks}
        return HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE, JSON, _json(body)

    def _metrics(self) -> Answer:
        """Tell the checks and the numbers behind them; what does not answer in time is left out."""
        well = GaugeMetricFamily("site_check_ok", "1 where a check of /health/ready is well", labels=["check"])
        for name, (is_well, _words) in self._check().items():
            well.add_metric([name], float(is_well))
        numbers = self._at_once({name: partial(_numbers, name, read) for name, read in NUMBERS.items()})
        families = [well, *(family for found in numbers.values() for family in found or ())]
        data = generate_latest(REGISTRY) + generate_latest(_Collected(families))
        return HTTPStatus.OK, CONTENT_TYPE_PLAIN_0_0_4, data

    def _check(self) -> dict[str, tuple[bool, str]]:
        found = self._at_once({name: partial(_run, name, check) for name, check in CHECKS.items()})
        return {name: answer or (False, f"no answer within {SECONDS:.0f} s") for name, answer in found.items()}

    def _at_once[T](self, asked: dict[str, Callable[[], T]]) -> dict[str, T | None]:
        """Ask all at once, and wait for none longer than is allowed; None where there was no answer."""
        running = {name: self._threads.submit(ask) for name, ask in asked.items()}
        wait(running.values(), timeout=SECONDS)
        for future in running.values():
            future.cancel()  # what has not begun need not
        has_answered = {name for name, future in running.items() if future.done() and not future.cancelled()}
        return {name: future.result() if name in has_answered else None for name, future in running.items()}


class _Collected:
    """Some numbers, as the writer of Prometheus' format takes them."""

    def __init__(self, families: list[GaugeMetricFamily]) -> None:
        self._families = families

    def collect(self) -> list[GaugeMetricFamily]:
        return self._families


def _live() -> Answer:
    return HTTPStatus.OK, JSON, _json({"status": "ok"})


def _json(body: dict[str, Any]) -> bytes:
    return json.dumps(body, indent=1).encode() + b"\n"


def _numbers(name: str, read: Numbers) -> list[GaugeMetricFamily]:
    try:
        return list(read())
    except (DatabaseError, InterfaceError):
        return []  # the check of the database tells it
    except Exception:
        logger.exception("The numbers of %s cannot be told.", name)
        return []
    finally:
        connection.close()


def _run(name: str, check: Check) -> tuple[bool, str]:
    try:
        return check()
    except (DatabaseError, InterfaceError):
        return False, "the database does not answer"
    except Exception:
        logger.exception("The check of %s failed.", name)
        return False, "cannot be told: see the log"
    finally:
        connection.close()


def _is_asked_here(environ: dict[str, Any]) -> bool:
    if any(name in environ for name in FORWARDED):
        return False
    try:
        return ip_address(environ.get("REMOTE_ADDR", "").removeprefix("::ffff:")).is_loopback
    except ValueError:
        return False
