"""The WSGI application: cached responses first, Django for everything else."""

import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db import Error as DatabaseError
from django.http import HttpResponse

from pages.models.site_version import site_version
from pages.page_cache.building import Application, Builder, Workers
from pages.page_cache.cached_response import CachedResponse
from pages.page_cache.folder import Folder
from pages.page_cache.generation import Generation
from pages.page_cache.generation_switch import GenerationSwitch
from pages.page_cache.generation_watcher import GenerationWatcher
from pages.page_cache.rules import CacheKey, cache_key, is_cacheable_path
from pages.page_cache.warming import Warmer

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
SWITCH_SECONDS = 0.0001  # Python's own is fifty times as long: cached pages wait less for pages that are being built
# RFC 9211. Operators see from it where an answer is from, and that the database is away.
HIT = ("Cache-Status", "ready; hit")
MISS = ("Cache-Status", "ready; fwd=miss")
EXPIRED = ("Cache-Status", "ready; hit; detail=turning")
DATABASE_AWAY = ("Cache-Status", "ready; hit; detail=database-away")
BUILD_FAILED = ("Cache-Status", "ready; hit; detail=build-failed")


class PageCache:
    """Answers published pages from the cache, which it fills by asking Django."""

    def __init__(self, django: Application, root: Path) -> None:
        self._django = django
        self._folder = Folder(root)
        self._workers = Workers()
        self._builder = Builder(django, self._folder, self._workers)
        self._warmer = Warmer(self._builder)
        self.switch = GenerationSwitch(self._folder, self._warmer.warm)
        self._watcher = GenerationWatcher(self._folder, self.switch)
        self._start()
        os.register_at_fork(after_in_child=self._start)  # threads stay behind in the parent

    def _start(self) -> None:
        sys.setswitchinterval(SWITCH_SECONDS)
        self._workers.start()
        self._watcher.start()
        self._warmer.start()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        key = cache_key(environ)
        if key is None or self.switch.current is None:
            return self._for_django(environ, start_response)
        is_up_to_date = self._watcher.is_up_to_date()
        generation = self.switch.current
        if generation is None:
            return self._for_django(environ, start_response)
        response = generation.responses.get(key)
        if response is None:
            return self._miss(key, generation, is_up_to_date, environ, start_response)
        response.hits += 1
        if time.time() < response.expires_at:
            return response.respond(environ, start_response, HIT if is_up_to_date else DATABASE_AWAY)
        return response.respond(environ, start_response, EXPIRED if is_up_to_date else DATABASE_AWAY, fallback=True)

    def _miss(
        self, key: CacheKey, generation: Generation, is_up_to_date: bool, environ: dict[str, Any], start_response: Any
    ) -> Iterable[bytes]:
        if not is_cacheable_path(key[1]):
            return self._ask_django(environ, start_response)
        if not is_up_to_date:
            old = self._folder.read(generation.key, key) or generation.stale(key, time.time())
            if old is None:
                return self._ask_django(environ, start_response)
            return _old(old, DATABASE_AWAY, environ, start_response)
        response = self._builder.get(key, generation)
        if response is None:
            return self._ask_django(environ, start_response)
        if response.status.startswith("5") and (old := generation.stale(key, time.time())):
            return _old(old, BUILD_FAILED, environ, start_response)
        return response.respond(environ, start_response, MISS)

    def _for_django(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer = self._ask_django(environ, start_response)
        if environ["REQUEST_METHOD"] not in SAFE_METHODS:
            with suppress(DatabaseError):
                self._watcher.wait_for_readers(self._workers.run(site_version))
        return answer

    def _ask_django(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        head: list[tuple[Any, ...]] = []

        def ask() -> Iterable[bytes]:
            answer = self._django(environ, lambda *given: head.append(given))
            if not isinstance(answer, HttpResponse):
                return answer  # is read, and closed, by the server
            try:
                return [b"".join(answer)]
            finally:
                answer.close()

        body = self._workers.run(ask)
        start_response(*head[-1])
        return body


def _old(
    response: CachedResponse, cache_status: tuple[str, str], environ: dict[str, Any], start_response: Any
) -> Iterable[bytes]:
    return response.respond(environ, start_response, cache_status, fallback=time.time() >= response.expires_at)
