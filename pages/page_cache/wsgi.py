"""The WSGI application: cached responses first, Django for everything else."""

import time
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpResponse

from pages.metrics import ANSWERS
from pages.models.site_version import site_version
from pages.page_cache.building import Application, Builder
from pages.page_cache.cached_response import HIT, CachedResponse
from pages.page_cache.folder import Folder
from pages.page_cache.generation import Generation
from pages.page_cache.generation_switch import GenerationSwitch
from pages.page_cache.generation_watcher import GenerationWatcher
from pages.page_cache.numbers import page_cache_numbers
from pages.page_cache.rules import CacheKey, cache_key, is_cacheable_path
from pages.page_cache.warming import Warmer
from pages.page_cache.workers import READER, SIGNED_IN, Workers
from pages.requests import PLACE

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
# Where else an answer is from, and that the database is away.
MISS = ("Cache-Status", "ready; fwd=miss")
REPLACED = ("Cache-Status", "ready; hit; detail=replaced")
EXPIRED = ("Cache-Status", "ready; hit; detail=turning")
DATABASE_AWAY = ("Cache-Status", "ready; hit; detail=database-away")
BUILD_FAILED = ("Cache-Status", "ready; hit; detail=build-failed")
COUNTED = {status: ANSWERS.labels(status[1]) for status in (HIT, MISS, REPLACED, EXPIRED, DATABASE_AWAY, BUILD_FAILED)}
BY_DJANGO = ANSWERS.labels("none")


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
        self.state = self._watcher.state
        self.numbers = partial(page_cache_numbers, self._watcher, self._workers)
        self._watcher.start()
        self._warmer.start()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        key = cache_key(environ) or self._key_while_away(environ)
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
            return _respond(response, HIT if is_up_to_date else DATABASE_AWAY, environ, start_response)
        status = EXPIRED if is_up_to_date else DATABASE_AWAY
        return _respond(response, status, environ, start_response, fallback=True)

    def find(self, key: CacheKey) -> CachedResponse | None:
        """Return the response to a key where it is cached and true, and nothing is to be waited for; count a hit."""
        generation = self.switch.current
        if generation is None or not self._watcher.is_fresh:
            return None
        response = generation.responses.get(key)
        if response is None or time.time() >= response.expires_at:
            return None
        response.hits += 1
        COUNTED[HIT].inc()
        return response

    def _key_while_away(self, environ: dict[str, Any]) -> CacheKey | None:
        """Return the key of the page for no place, for whoever asks for one while the database is away."""
        if self.switch.current is None or PLACE not in environ.get("QUERY_STRING", "") or self._watcher.is_up_to_date():
            return None
        return cache_key(environ | {"QUERY_STRING": ""})

    def _miss(
        self, key: CacheKey, generation: Generation, is_up_to_date: bool, environ: dict[str, Any], start_response: Any
    ) -> Iterable[bytes]:
        if not is_cacheable_path(key[1]):
            return self._ask_django(environ, start_response)
        if not is_up_to_date:
            return self._while_away(key, generation, environ, start_response)
        if before := generation.bridge(key, time.time(), time.monotonic()):
            before.hits += 1
            return _respond(before, REPLACED, environ, start_response)
        response = self._builder.get(key, generation)
        if response is None:
            return self._ask_django(environ, start_response)
        if response.status.startswith("5") and (old := self._stale(key, generation)):
            return _in_time(old, BUILD_FAILED, environ, start_response)
        return _in_time(response, MISS, environ, start_response)

    def _while_away(
        self, key: CacheKey, generation: Generation, environ: dict[str, Any], start_response: Any
    ) -> Iterable[bytes]:
        old = self._builder.read(key, generation) or self._stale(key, generation)
        if old is None:
            return self._ask_django(environ, start_response)
        return _in_time(old, DATABASE_AWAY, environ, start_response)

    def _stale(self, key: CacheKey, generation: Generation) -> CachedResponse | None:
        if key in generation.gone:
            return None
        now = time.time()
        return generation.stale(key, now) or self._folder.read_last(key, now)

    def _for_django(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer = self._ask_django(environ, start_response)
        if environ["REQUEST_METHOD"] not in SAFE_METHODS:
            with suppress(DatabaseError):
                self._watcher.wait_for_readers(self._workers.run(site_version))
        return answer

    def _ask_django(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        BY_DJANGO.inc()
        head: list[tuple[Any, ...]] = []

        def ask() -> Iterable[bytes]:
            answer = self._django(environ, lambda *given: head.append(given))
            if not isinstance(answer, HttpResponse):
                return answer  # is read, and closed, by the server
            try:
                return [b"".join(answer)]
            finally:
                answer.close()

        body = self._workers.run(ask, lets_pass(environ))
        start_response(*head[-1])
        return body


def lets_pass(environ: dict[str, Any]) -> float:
    """Return how long (in seconds) those who come later go before a request: only who is signed in has a session."""
    return SIGNED_IN if settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", "") else READER


def _in_time(
    response: CachedResponse, cache_status: tuple[str, str], environ: dict[str, Any], start_response: Any
) -> Iterable[bytes]:
    """Answer with what is true: a page that has just been built may have expired with a passage that it shows."""
    return _respond(response, cache_status, environ, start_response, fallback=time.time() >= response.expires_at)


def _respond(
    response: CachedResponse,
    cache_status: tuple[str, str],
    environ: dict[str, Any],
    start_response: Any,
    *,
    fallback: bool = False,
) -> Iterable[bytes]:
    COUNTED[cache_status].inc()
    return response.respond(environ, start_response, cache_status, fallback=fallback)
