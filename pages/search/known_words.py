"""The words of all entries in a language, kept in memory entry by entry: only what has changed is read again."""

from collections import Counter
from collections.abc import Iterator
from itertools import batched
from threading import Lock

from django.db.models.functions import MD5

from pages.search.models import SearchEntry
from pages.search.words import untoken

AT_ONCE = 500  # entries that are read together: SQLite takes only so many numbers in one query


class KnownWords:
    """What one process knows of a language. Threads take turns, so that each change is read once."""

    def __init__(self, language: str) -> None:
        self.read_entries = 0  # how many were read since the process began
        self._language = language
        self._lock = Lock()
        self._digests: dict[int, str] = {}
        self._tokens: dict[int, tuple[str, ...]] = {}
        self._counts: Counter[str] = Counter()
        self._kept: dict[str, str] = {}  # each token once, however many entries hold it
        self._last: tuple[int, dict[str, int]] = (0, {})

    def counts(self) -> tuple[int, dict[str, int]]:
        """Return how many entries there are, and how many of them hold each word; the same objects while it is so.

        One query for the digests of all entries; one more for each `AT_ONCE` that have changed.
        """
        with self._lock:
            entries = SearchEntry.objects.filter(language=self._language)
            now = dict(entries.values_list("pk", MD5("tokens")))
            changed = [pk for pk, digest in now.items() if self._digests.get(pk) != digest]
            gone = self._digests.keys() - now.keys()
            if changed or gone:
                for pk in [*gone, *changed]:
                    self._forget(pk)
                for pk, tokens in self._read(changed):
                    self._digests[pk] = now[pk]
                    self._learn(pk, tokens)
                self._last = len(self._digests), self._written()
            return self._last

    def _read(self, keys: list[int]) -> Iterator[tuple[int, str]]:
        for some in batched(keys, AT_ONCE):
            yield from SearchEntry.objects.filter(pk__in=some).values_list("pk", "tokens")

    def _learn(self, pk: int, tokens: str) -> None:
        self.read_entries += 1
        own = [self._kept.setdefault(token, token) for token in set(tokens.split())]
        self._counts.update(own)
        self._tokens[pk] = tuple(own)

    def _forget(self, pk: int) -> None:
        self._digests.pop(pk, None)
        for token in self._tokens.pop(pk, ()):
            self._counts[token] -= 1
            if not self._counts[token]:
                del self._counts[token], self._kept[token]

    def _written(self) -> dict[str, int]:
        return {untoken(token): count for token, count in sorted(self._counts.items())}
