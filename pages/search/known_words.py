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
        self._words: dict[int, tuple[str, ...]] = {}
        self._counts: Counter[str] = Counter()
        self._kept: dict[str, str] = {}  # the word of each token once, however many entries hold it
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
                self._drop_unheld()
                self._last = len(self._digests), dict(sorted(self._counts.items()))
            return self._last

    def _read(self, keys: list[int]) -> Iterator[tuple[int, str]]:
        for some in batched(keys, AT_ONCE):
            yield from SearchEntry.objects.filter(pk__in=some).values_list("pk", "tokens")

    def _learn(self, pk: int, tokens: str) -> None:
        self.read_entries += 1
        own = set(tokens.split())
        for token in own - self._kept.keys():
            self._kept[token] = untoken(token)
        held = tuple(self._kept[token] for token in own)
        self._counts.update(held)
        self._words[pk] = held

    def _forget(self, pk: int) -> None:
        self._digests.pop(pk, None)
        self._counts.subtract(self._words.pop(pk, ()))

    def _drop_unheld(self) -> None:
        for token in [token for token, word in self._kept.items() if not self._counts[word]]:
            del self._counts[self._kept.pop(token)]
