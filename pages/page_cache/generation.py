"""One generation of cached responses in the memory of a process."""

import math
import re
from threading import Lock
from typing import Any, Self

from pages.page_cache.cached_response import CachedResponse
from pages.page_cache.rules import CacheKey

MAX_MEMORY = 96 * 1024 * 1024  # bytes of all responses of a process
STALE_SECONDS = 3600  # for which a response of an earlier version may stand in where none can be built
BRIDGE_SECONDS = 0.7  # from a change on, for which the page before answers while the new one is built
CLOCK_CORRECTION = 5  # seconds by which the clock of a machine may be put back without expiring anything
FOR_EVER = float("inf")


class GenerationKey(str):
    """The site version, the fingerprint of the code, and when the generation began (ms since 1970)."""

    __slots__ = ()
    PATTERN = re.compile(r"\d+-[0-9a-f]+-\d+")

    @classmethod
    def of(cls, version: int, fingerprint: str, began: float) -> Self:
        """Return the key of a generation that began at a time (seconds since 1970)."""
        return cls(f"{version}-{fingerprint}-{math.ceil(began * 1000)}")

    @classmethod
    def parse(cls, name: str) -> Self | None:
        """Return the key that a folder is named after; None where it is named otherwise."""
        return cls(name) if cls.PATTERN.fullmatch(name) else None

    @property
    def version(self) -> int:
        """The version of the site."""
        return int(self.split("-")[0])

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the code."""
        return self.split("-")[1]

    @property
    def began(self) -> float:
        """When the generation began, in seconds since 1970."""
        return int(self.split("-")[2]) / 1000


class Generation:
    """The responses built of one version; `expires_at` is the earliest expiry among them.

    `noticed` is when it was noticed that there is something new (monotonic seconds).
    """

    def __init__(self, key: GenerationKey, noticed: float = -FOR_EVER) -> None:
        self.key = key
        self.noticed = noticed
        self.responses: dict[CacheKey, CachedResponse] = {}
        self.previous: dict[CacheKey, CachedResponse] = {}  # of earlier generations
        # Pages that were there, until Django answered that they are not, with the version in which it last did. All
        # generations of a process have the same: an answer may come while the next is taking over.
        self.gone: dict[CacheKey, int] = {}
        self.memo: dict[Any, Any] = {}  # what many of its pages have read
        self.expires_at = FOR_EVER
        self.latest = key.began  # its responses may be as late as that
        self.is_built = False  # as far as is planned
        self.is_marked = False  # as built, in the folder
        self.is_in_use = False  # before, it has its head start
        self.is_in_folder = True  # false while the folder cannot be written
        self._size = 0
        self.lock = Lock()

    @property
    def bridged_until(self) -> float:
        """When the last of the pages before must have made room (monotonic seconds)."""
        return self.noticed + BRIDGE_SECONDS

    def inherit(self, before: "Generation | None", now: float) -> None:
        """Take over what the generation before had until now, for pages that are not built yet."""
        if before:
            for response in list(before.responses.values()):
                response.replaced_at = now
                response.bridged_until = self.bridged_until
            with self.lock:
                known = before.previous | before.responses
                before.gone.update(self.gone)
                self.gone = before.gone
                # What was built before that answer is not what Django says now, of whichever generation it is.
                for key in list(self.gone):
                    self.responses.pop(key, None)
                self.previous = {
                    key: response
                    for key, response in known.items()
                    if key not in self.responses and key not in self.gone and now - response.replaced_at < STALE_SECONDS
                }
                self._size = sum(each.size for each in (*self.previous.values(), *self.responses.values()))

    def notice_time(self, now: float) -> None:
        """Remember the latest time at which a response can have been built."""
        self.latest = max(self.latest, now)

    def is_valid_at(self, now: float) -> bool:
        """Tell whether nothing in it has expired; a clock that was put back has expired everything."""
        return self.latest - CLOCK_CORRECTION <= now < self.expires_at

    def expired_at(self, now: float) -> float:
        """Return when it expired, 0 if it has not: what began before that has expired as well."""
        return self.expires_at if now >= self.expires_at else 0.0

    def stale(self, key: CacheKey, now: float) -> CachedResponse | None:
        """Return the response of an earlier version, for when none can be built; None where that is long ago."""
        response = self.previous.get(key)
        return response if response and now - response.replaced_at < STALE_SECONDS else None

    def bridge(self, key: CacheKey, now: float, monotonic: float) -> CachedResponse | None:
        """Return what answered a moment ago, for a page that is not built yet; None once a change must be seen."""
        response = None if key in self.gone else self.previous.get(key)
        if response and monotonic < response.bridged_until and now < response.expires_at:
            return response
        return None

    def store(self, key: CacheKey, response: CachedResponse) -> None:
        """Keep a response; the oldest go where there is no room."""
        with self.lock:
            if self.gone.get(key, 0) <= self.key.version:  # else it was built before it went
                self.gone.pop(key, None)
            for kept in (self.previous, self.responses):
                if old := kept.pop(key, None):
                    self._size -= old.size
                    response.hits = old.hits // 2  # what was read long ago counts for less and less
            self.responses[key] = response
            self.expires_at = min(self.expires_at, response.expires_at)
            self._size += response.size
            while self._size > MAX_MEMORY:
                kept = self.previous or self.responses
                self._size -= kept.pop(next(iter(kept))).size

    def discard(self, key: CacheKey) -> None:
        """Keep nothing of a page that is no more, and remember that it is none."""
        with self.lock:
            for kept in (self.previous, self.responses):
                if old := kept.pop(key, None):
                    self._size -= old.size
                    self.gone[key] = max(self.gone.get(key, 0), self.key.version)

    def keys_by_hits(self) -> list[CacheKey]:
        """Return the keys of all responses, the most read first."""
        known = self.previous | self.responses
        return sorted(known, key=lambda key: known[key].hits, reverse=True)
