"""The words of all entries in a language, in memory: only the entries that have changed are read again."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from functools import cache
from threading import RLock
from typing import NamedTuple

from django.db.models.functions import MD5

from pages.search.models import SearchEntry
from pages.search.words import fold, stem

ENTRY = ("source", "key", "kind", "boost", "tie_break")  # what is read of an entry beside its words

# Of title, heading, lead and text: what a word there counts, how many words are usual, and how much a longer field
# takes off. Fixed, so that the weights of an entry do not depend on what else there is.
SATURATION = 8.0  # what a word must count in an entry to give half of the points that it can give
FIELDS = ((8.0, 4, 0.2), (4.0, 4, 0.2), (3.0, 25, 0.3), (1.0, 250, 0.25))


class IndexedEntry(NamedTuple):
    """What the ranking knows of an entry."""

    pk: int
    key: str  # of a page or a part of one, "" of a row
    kind: str
    boost: int
    tie_break: int
    titles: tuple[tuple[str, ...], ...]  # the words of title and heading, in order
    words: tuple["IndexedWord", ...]  # each once


class IndexedWord(NamedTuple):
    """A word, and the points that it gives each entry that holds it: 0 to 1, by the entries' ascending keys."""

    text: str
    stem: str  # of the word without diacritics
    entries: array[int]
    points: array[float]


class WordIndex:
    """What one process knows of a language. Hold `lock` while reading it: a change is made in place."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.lock = RLock()
        self.version = -1  # of the site, when it was last read
        self.entries: dict[int, IndexedEntry] = {}  # by primary key
        self.words: dict[str, IndexedWord] = {}
        self.spellings: dict[str, str] = {}  # without diacritics, by word
        self.by_stem: dict[str, list[str]] = defaultdict(list)
        self._read: dict[int, tuple[str | int, ...]] = {}  # what each entry was made of, by primary key

    def refresh(self, version: int) -> None:
        """Read what has changed. One query for a new version of the site, one more where an entry is another."""
        if version == self.version:
            return
        entries = SearchEntry.objects.filter(language=self.language)
        rows = entries.values_list("pk", *ENTRY, MD5("tokens"))
        now = {pk: tuple(made_of) for pk, *made_of in rows}
        for pk, _made_of in self._read.items() - now.items():
            self._forget(pk)
        changed = [pk for pk, _made_of in now.items() - self._read.items()]
        for entry in SearchEntry.objects.filter(pk__in=changed).only(*ENTRY, "tokens").order_by("pk").iterator():
            self.learn(entry)
            self._read[entry.pk] = now[entry.pk]
        self.version = version

    def stem(self, word: str) -> str:
        """Return the stem of a word in this language."""
        return stem(word, self.language)

    def folded_stem(self, word: str) -> str:
        """Return the stem of a word without diacritics."""
        return self.stem(fold(word))

    def learn(self, entry: SearchEntry) -> None:
        """Take the words of an entry that is not known."""
        fields = [line.split() for line in entry.tokens.split("\n")]
        weights: dict[str, float] = defaultdict(float)
        for (weight, usual, slope), field in zip(FIELDS, fields, strict=True):
            for word in field:
                weights[word] += weight / (1 - slope + slope * max(len(field) / usual, 0.5))
        held = tuple(self.words.get(word) or self._add(word) for word in weights)
        for indexed, weight in zip(held, weights.values(), strict=True):
            position = bisect_left(indexed.entries, entry.pk)
            indexed.entries.insert(position, entry.pk)
            indexed.points.insert(position, weight / (weight + SATURATION))
        titles = tuple(tuple(self.words[word].text for word in field) for field in fields[:2] if field)
        key = "" if entry.source else entry.key
        self.entries[entry.pk] = IndexedEntry(entry.pk, key, entry.kind, entry.boost, entry.tie_break, titles, held)

    def _forget(self, pk: int) -> None:
        del self._read[pk]
        for word in self.entries.pop(pk).words:
            position = bisect_left(word.entries, pk)
            del word.entries[position], word.points[position]
            if not word.entries:
                del self.words[word.text], self.spellings[word.text]
                self.by_stem[word.stem].remove(word.text)

    def _add(self, text: str) -> IndexedWord:
        self.words[text] = word = IndexedWord(text, self.folded_stem(text), array("I"), array("f"))
        self.spellings[text] = fold(text)
        self.by_stem[word.stem].append(text)
        return word


@cache
def word_index(language: str) -> WordIndex:
    """Return the words of a language as this process has read them."""
    return WordIndex(language)
