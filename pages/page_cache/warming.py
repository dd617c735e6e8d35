"""Pages are built before anybody asks: the start pages, what is read most, and then what lies below the start pages.

A search is made too, whose response is not stored: with it, this process has read the words of the new version.
"""

import gc
import logging
import time
from collections.abc import Iterable, Iterator
from threading import Semaphore, Thread
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from wagtail.models import Page

from pages.html.links import view_urls
from pages.manual.pages.manual import ManualPage
from pages.models.content import HomePage
from pages.page_cache.building import Builder
from pages.page_cache.generation import Generation
from pages.page_cache.rules import CacheKey
from pages.page_cache.workers import AHEAD

logger = logging.getLogger(__name__)

SEARCH_QUERY = "q=xyzzyx"  # for a word that is not there: it is compared with all the others
LOAD = 0.5  # the part of the time that goes into building ahead, once readers wait for what is not built


class Warmer:
    """One thread, at work on the latest generation only."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._generation: Generation | None = None
        self._done: Generation | None = None
        self._asked = Semaphore(0)
        self._has_built = False

    def start(self) -> None:
        """Work from now on, in this process."""
        Thread(target=self._work, name="page cache: warm", daemon=True).start()

    def warm(self, generation: Generation) -> None:
        """Leave what there was to do, and build the pages of this generation."""
        self._generation = generation
        self._asked.release()

    def _work(self) -> None:
        while True:
            self._asked.acquire()
            generation = self._generation
            if generation is None or generation is self._done:
                continue
            self._done = generation
            try:
                self._build(generation)
            except DatabaseError:
                logger.warning("No pages are built ahead: the database does not answer.")
            except Exception:
                logger.exception("Pages could not be built ahead.")
            connection.close()

    def _build(self, generation: Generation) -> None:
        for key in planned_keys(generation):
            if self._generation is not generation:
                return
            if key not in generation.responses:
                began = time.monotonic()
                self._builder.get(key, generation, AHEAD)
                if generation.is_in_use and time.monotonic() >= generation.bridged_until:
                    time.sleep((time.monotonic() - began) * (1 / LOAD - 1))
        generation.is_built = True
        if not self._has_built:
            self._has_built = True
            # What is loaded for good is left out of collections: each kept readers waiting for 0.2 s.
            gc.collect()
            gc.freeze()


def planned_keys(generation: Generation) -> Iterator[CacheKey]:
    """Yield what to build, each page once: what is read most before the pages that nobody has asked for yet.

    The others are built when they are asked for.
    """
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    pages = Page.objects.live().filter(depth__gt=1).order_by("path")
    seen: set[CacheKey] = set()
    for keys in (
        lambda: _keys(host, HomePage.objects.live()),
        generation.keys_by_hits,
        lambda: _keys(host, pages.filter(depth=3)),
        lambda: [(host, url, SEARCH_QUERY) for url in view_urls("search").values()],
        lambda: _keys(host, [page for manual in ManualPage.objects.live() for page in pages.child_of(manual)]),
        lambda: _keys(host, pages[: settings.PAGES_AHEAD]),
    ):
        for key in keys():
            if len(seen) == settings.PAGES_AHEAD:
                return
            if key not in seen:
                seen.add(key)
                yield key


def _keys(host: str, pages: Iterable[Page]) -> list[CacheKey]:
    return [(host, unquote(page.url).encode().decode("latin-1"), "") for page in pages if page.url]
