"""Responses are built by asking Django as a reader without any wishes would: once, however many ask."""

import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as WaitedTooLongError
from io import BytesIO
from threading import Lock
from typing import Any

from django.conf import settings

from pages.page_cache.cached_response import CachedResponse, Headers
from pages.page_cache.folder import Folder
from pages.page_cache.generation import Generation, GenerationKey
from pages.page_cache.rules import CacheKey, is_cacheable_response
from pages.page_cache.workers import READER, Workers
from pages.render_context import RenderContext, collecting

# For another's build of the same page: longer than that may wait for the database, so that nobody waits for both.
WAIT_SECONDS = 4.0

type Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Builder:
    """Builds and stores responses; `django` is the application that knows nothing of the cache."""

    def __init__(self, django: Application, folder: Folder, workers: Workers) -> None:
        self._django = django
        self._workers = workers
        self._folder = folder
        self._running: dict[tuple[GenerationKey, CacheKey], Future[CachedResponse | None]] = {}
        self._lock = Lock()

    def get(self, key: CacheKey, generation: Generation, lets_pass: float = READER) -> CachedResponse | None:
        """Return the response to a key: stored, read, built, or what another thread is building.

        None after waiting for another too long, at once where that says that it takes long, and where the other's
        response is for one person.
        """
        name = (generation.key, key)
        with self._lock:
            running = self._running.get(name)
            if running is None:
                mine = self._running[name] = Future[CachedResponse | None]()
        if running:
            try:
                response = running.result(WAIT_SECONDS)
            except WaitedTooLongError:
                return None
            return None if response is None or is_personal(response) else response
        try:
            built = self._read_or_build(key, generation, lets_pass, lambda: mine.set_result(None))
            if not mine.done():
                mine.set_result(built)
        except BaseException as error:
            if not mine.done():
                mine.set_exception(error)
            raise
        finally:
            with self._lock:
                del self._running[name]
        return built

    def read(self, key: CacheKey, generation: Generation) -> CachedResponse | None:
        """Return what some process has written; None of a page that is gone, whoever built it before it went."""
        return None if key in generation.gone else self._folder.read(generation.key, key)

    def _read_or_build(
        self, key: CacheKey, generation: Generation, lets_pass: float, on_long_build: Callable[[], None]
    ) -> CachedResponse:
        known = generation.responses.get(key) or self.read(key, generation)
        if known and time.time() < known.expires_at:  # else left by a clock that was put back
            generation.store(key, known)
            return known
        context = RenderContext(generation.memo, on_long_build=on_long_build)
        status, headers, body = self._workers.run(lambda: self._ask(key, context), lets_pass)
        current, fallback = context.variants(body)
        expires_at = context.expires_at.timestamp()
        if is_cacheable_response(status, headers, body, key, context):
            response = CachedResponse.build(status, headers, current, fallback, expires_at)
            generation.store(key, response)
            self._folder.write(generation.key, key, response)
            return response
        if not status.startswith("5"):
            generation.discard(key)
        return CachedResponse.build(status, headers, current, current, expires_at)

    def _ask(self, key: CacheKey, context: RenderContext) -> tuple[str, Headers, bytes]:
        head: list[Any] = []
        with collecting(context):
            answer = self._django(
                minimal_environ(key), lambda status, headers, _error=None: head.extend((status, headers))
            )
            try:
                body = b"".join(answer)
            finally:
                if hasattr(answer, "close"):
                    answer.close()
        return head[0], head[1], body


def is_personal(response: CachedResponse) -> bool:
    """Tell whether a response may not be given to two."""
    return any(name.lower() == "set-cookie" for name, _value in response.headers)


def minimal_environ(key: CacheKey) -> dict[str, Any]:
    """Return a WSGI environ with nothing in it but the key, so that nothing else can get into the response."""
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
