"""`/health/live` and `/health/ready`, answered before the page cache and Django: no redirect, no host, no cookie.

To this machine alone, and to nobody through a proxy: others get the page of an address that is not there.
"""

import json
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any

from django.db import DatabaseError, InterfaceError, connection

from pages.health.checks import CHECKS, SECONDS, Check
from pages.startup.schema import known_migrations

logger = logging.getLogger(__name__)

THREADS = 8  # at most, also while checks wait for something that is away
METHODS = ("GET", "HEAD")
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED")


class Health:
    """Answers the two addresses; every other request is for the application."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        known_migrations()  # while the files are those that this process runs
        self._application = application
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="health")
        self._states = {"/health/live": lambda: (True, {}), "/health/ready": self._ready}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        state = self._states.get(environ["PATH_INFO"])
        if state is None or not _is_asked_here(environ):
            return self._application(environ, start_response)
        if environ["REQUEST_METHOD"] not in METHODS:
            return _respond(start_response, HTTPStatus.METHOD_NOT_ALLOWED, {}, [("Allow", ", ".join(METHODS))])
        is_well, checks = state()
        status = HTTPStatus.OK if is_well else HTTPStatus.SERVICE_UNAVAILABLE
        body = {"status": "ok" if is_well else "failing"} | ({"checks": checks} if checks else {})
        answer = _respond(start_response, status, body)
        return [b""] if environ["REQUEST_METHOD"] == "HEAD" else answer

    def _ready(self) -> tuple[bool, dict[str, Any]]:
        """Run all checks at once, and wait for none longer than is allowed."""
        running = {name: self._threads.submit(_run, name, check) for name, check in CHECKS.items()}
        wait(running.values(), timeout=SECONDS)
        found = {}
        for name, future in running.items():
            future.cancel()  # what has not begun need not
            has_answer = future.done() and not future.cancelled()
            is_well, words = future.result() if has_answer else (False, f"no answer within {SECONDS:.0f} s")
            found[name] = {"ok": is_well, "words": words}
        return all(check["ok"] for check in found.values()), found


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


def _respond(
    start_response: Any, status: HTTPStatus, body: dict[str, Any], headers: Iterable[tuple[str, str]] = ()
) -> Iterable[bytes]:
    data = json.dumps(body, indent=1).encode() + b"\n"
    known = [("Content-Type", "application/json"), ("Content-Length", str(len(data))), ("Cache-Control", "no-store")]
    start_response(f"{status.value} {status.phrase}", [*known, ("X-Content-Type-Options", "nosniff"), *headers])
    return [data]
