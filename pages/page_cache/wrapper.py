"""The WSGI application: ready pages first, Django for everything else."""

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
from pages.page_cache.building import Application, Builder
from pages.page_cache.entries import Entry
from pages.page_cache.folder import Folder
from pages.page_cache.generation import Generation
from pages.page_cache.generations import Generations
from pages.page_cache.rules import Key, is_offered, key_of
from pages.page_cache.warming import Warmer
from pages.page_cache.workers import Workers

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
SWITCH_SECONDS = 0.0001  # Python's own is fifty times as long: ready pages wait less for pages that are being built
# RFC 9211. Operators see from it where an answer is from, and that the database is away.
HIT = ("Cache-Status", "ready; hit")
MISS = ("Cache-Status", "ready; fwd=miss")
AWAY = ("Cache-Status", "ready; hit; detail=database-away")
FAILED = ("Cache-Status", "ready; hit; detail=build-failed")
OVER = ("Cache-Status", "ready; hit; detail=turning")


class ReadyPages:
    """Answers published pages from the store, which it fills by asking Django."""

    def __init__(self, django: Application, root: Path) -> None:
        folder = Folder(root)
        self._django = django
        self._workers = Workers()
        self._builder = Builder(django, folder, self._workers)
        self._warmer = Warmer(self._builder)
        self._folder = folder
        self.generations = Generations(folder, self._warmer.warm)
        self._start()
        os.register_at_fork(after_in_child=self._start)  # threads stay behind in the parent

    def _start(self) -> None:
        sys.setswitchinterval(SWITCH_SECONDS)
        self._workers.start()
        self.generations.start()
        self._warmer.start()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        key = key_of(environ)
        generations = self.generations
        if key is None or generations.current is None:
            return self._for_django(environ, start_response)
        is_fresh = generations.is_fresh()
        generation = generations.current
        if generation is None:
            return self._for_django(environ, start_response)
        entry = generation.entries.get(key)
        if entry is None:
            return self._miss(key, generation, is_fresh, environ, start_response)
        entry.reads += 1
        if time.time() < entry.until:
            return entry.answer(environ, start_response, HIT if is_fresh else AWAY)
        return entry.answer(environ, start_response, OVER if is_fresh else AWAY, plain=True)

    def _miss(
        self, key: Key, generation: Generation, is_fresh: bool, environ: dict[str, Any], start_response: Any
    ) -> Iterable[bytes]:
        if not is_offered(key[1]):
            return self._ask_django(environ, start_response)
        if not is_fresh:
            old = self._folder.read(generation.name, key) or generation.former(key)
            return _old(old, AWAY, environ, start_response) if old else self._ask_django(environ, start_response)
        entry = self._builder.entry(key, generation)
        if entry is None:
            return self._ask_django(environ, start_response)
        if entry.status.startswith("5") and (old := generation.former(key)):
            return _old(old, FAILED, environ, start_response)
        return entry.answer(environ, start_response, MISS)

    def _for_django(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer = self._ask_django(environ, start_response)
        if environ["REQUEST_METHOD"] not in SAFE:
            with suppress(DatabaseError):
                self.generations.wait_for_readers(self._workers.run(site_version))
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


def _old(entry: Entry, detail: tuple[str, str], environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    return entry.answer(environ, start_response, detail, plain=time.time() >= entry.until)
