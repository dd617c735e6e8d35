"""Builds pages by asking Django as a reader without any wishes would: one build per page, however many ask."""

import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as WaitedTooLongError
from io import BytesIO
from threading import Lock
from typing import Any

from django.conf import settings

from pages.page_cache.entries import Entry, Headers
from pages.page_cache.folder import Folder
from pages.page_cache.generation import Generation
from pages.page_cache.rules import Key, may_be_stored
from pages.page_cache.workers import Workers
from pages.render_context import Notes, taking

WAIT_SECONDS = 2.0  # for another's build of the same page

type Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Builder:
    """Builds and stores; `django` is the application that knows nothing of this."""

    def __init__(self, django: Application, folder: Folder, workers: Workers) -> None:
        self._django = django
        self._workers = workers
        self._folder = folder
        self._running: dict[tuple[str, Key], Future[Entry]] = {}
        self._lock = Lock()

    def entry(self, key: Key, generation: Generation) -> Entry | None:
        """Return the answer to a key: stored, read, built, or what another thread is building.

        None after waiting for another too long, and where the other's answer is for one person.
        """
        name = (generation.name, key)
        with self._lock:
            running = self._running.get(name)
            if running is None:
                mine = self._running[name] = Future[Entry]()
        if running:
            try:
                entry = running.result(WAIT_SECONDS)
            except WaitedTooLongError:
                return None
            return None if is_personal(entry) else entry
        try:
            entry = self._read_or_build(key, generation)
            mine.set_result(entry)
        except BaseException as error:
            mine.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._running[name]
        return entry

    def _read_or_build(self, key: Key, generation: Generation) -> Entry:
        known = generation.entries.get(key) or self._folder.read(generation.name, key)
        if known and time.time() < known.until:  # else left by a clock that was put back
            generation.put(key, known)
            return known
        notes = Notes(generation.shared)
        status, headers, body = self._workers.run(lambda: self._ask(key, notes))
        now, afterwards = notes.readings(body)
        until = notes.until.timestamp()
        if may_be_stored(status, headers, body, key, notes):
            entry = Entry.made(status, headers, now, afterwards, until)
            generation.put(key, entry)
            self._folder.write(generation.name, key, entry)
            return entry
        if not status.startswith("5"):
            generation.forget(key)
        return Entry.made(status, headers, now, now, until)

    def _ask(self, key: Key, notes: Notes) -> tuple[str, Headers, bytes]:
        head: list[Any] = []
        with taking(notes):
            answer = self._django(
                plain_request(key), lambda status, headers, _error=None: head.extend((status, headers))
            )
            try:
                body = b"".join(answer)
            finally:
                if hasattr(answer, "close"):
                    answer.close()
        return head[0], head[1], body


def is_personal(entry: Entry) -> bool:
    """Tell whether an answer may not be given to two."""
    return any(name.lower() == "set-cookie" for name, _value in entry.headers)


def plain_request(key: Key) -> dict[str, Any]:
    """Return a request with nothing in it but the key, so that nothing else can get into the answer."""
    host, path, query = key
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    proxied = [settings.SECURE_PROXY_SSL_HEADER] if settings.SECURE_SSL_REDIRECT else []
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": host,
        "SERVER_PORT": "443" if scheme == "https" else "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": host,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **dict(proxied),
    }
