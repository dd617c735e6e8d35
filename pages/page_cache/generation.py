"""One generation of pages in the memory of a process."""

import time
from threading import Lock
from typing import Any

from pages.page_cache.entries import Entry
from pages.page_cache.folder import Name
from pages.page_cache.rules import Key

MEMORY = 96 * 1024 * 1024  # bytes of all entries of a process
FORMER_SECONDS = 3600  # for which a page of an earlier version may stand in where it cannot be built
CLOCK_CORRECTION = 5  # seconds by which the clock of a machine may be put back without turning anything
FOR_EVER = float("inf")


class Generation:
    """What is built of one version; `until` is when the first of its entries turns."""

    def __init__(self, name: Name) -> None:
        self.name = name
        self.entries: dict[Key, Entry] = {}
        self.previous: dict[Key, Entry] = {}  # what was read before
        self.shared: dict[Any, Any] = {}
        self.until = FOR_EVER
        self.latest = name.began  # its entries may be as late as that
        self.is_built = False  # as far as is planned
        self.is_in_use = False  # before, it has its head start
        self.is_shared = True  # false while the folder cannot be written
        self._size = 0
        self.lock = Lock()

    def follow(self, before: "Generation | None", now: float) -> None:
        """Take over what the generation before had until now, for pages that are not built yet."""
        if before:
            for entry in list(before.entries.values()):
                entry.over = now
            with self.lock:
                known = before.previous | before.entries
                self.previous = {
                    key: entry
                    for key, entry in known.items()
                    if key not in self.entries and now - entry.over < FORMER_SECONDS
                }
                self._size = sum(entry.size for entry in (*self.previous.values(), *self.entries.values()))

    def see(self, now: float) -> None:
        """Notice what time it is, while entries are made."""
        self.latest = max(self.latest, now)

    def holds_at(self, now: float) -> bool:
        """Tell whether nothing in it has turned; a clock that was put back has turned everything."""
        return self.latest - CLOCK_CORRECTION <= now < self.until

    def turned_at(self, now: float) -> float:
        """Return when it turned, 0 if it has not: what was begun before that has turned as well."""
        return self.until if now >= self.until else 0.0

    def former(self, key: Key) -> Entry | None:
        """Return what a page said before it was changed, for when it cannot be built; None where that is long ago."""
        entry = self.previous.get(key)
        return entry if entry and time.time() - entry.over < FORMER_SECONDS else None

    def put(self, key: Key, entry: Entry) -> None:
        """Keep an entry; the oldest go where there is no room."""
        with self.lock:
            for kept in (self.previous, self.entries):
                if old := kept.pop(key, None):
                    self._size -= old.size
                    entry.reads = old.reads // 2  # what was read long ago counts for less and less
            self.entries[key] = entry
            self.until = min(self.until, entry.until)
            self._size += entry.size
            while self._size > MEMORY:
                kept = self.previous or self.entries
                self._size -= kept.pop(next(iter(kept))).size

    def forget(self, key: Key) -> None:
        """Keep nothing of a page that is no more."""
        with self.lock:
            if old := self.previous.pop(key, None):
                self._size -= old.size

    def by_reads(self) -> list[Key]:
        """Return the keys of all entries, the most read first."""
        known = self.previous | self.entries
        return sorted(known, key=lambda key: known[key].reads, reverse=True)
