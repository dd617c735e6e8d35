"""Every word of all entries in a language, and what editors add: as of one version of the site.

What a new version leaves as it was is taken over from the one before.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import accumulate

from django.utils.translation import get_language, override
from wagtail.contrib.search_promotions.models import SearchPromotion

from pages.languages import localized_fields
from pages.manual.pages.step import read_index
from pages.search.known_words import KnownWords
from pages.search.models import SearchSynonyms
from pages.search.words import STOP_WORDS, fold, stem, words

NUMBERED = re.compile(r"(?P<word>(?:steg|step|del|part)\s*)?(?P<number>\d{1,2}(?:\.\d{1,2})?)")  # "steg 3", "2.1"

# What follows from the words alone, and from what editors add.
OF_WORDS, OF_GROUPS = ("by_stem", "by_folded_stem", "_sheet"), ("phrase_stems", "synonyms")

type Phrase = tuple[str, ...]  # the words of an expression


@dataclass(frozen=True)
class Vocabulary:
    """The words of a language; `counts` tells in how many entries each is."""

    language: str
    entries: int
    counts: dict[str, int]
    groups: list[list[Phrase]] = field(default_factory=list)  # expressions that mean the same

    @cached_property
    def by_stem(self) -> dict[str, list[str]]:
        """The words with each stem."""
        return self._grouped(self.stem)

    @cached_property
    def by_folded_stem(self) -> dict[str, list[str]]:
        """The words with each stem without diacritics."""
        return self._grouped(lambda word: self.stem(fold(word)))

    @cached_property
    def _sheet(self) -> tuple[str, list[int], list[str]]:
        """All words without diacritics in one text, where each begins, and the words themselves."""
        written = list(self.counts)
        lines = [fold(word) for word in written]
        starts = accumulate((len(line) + 1 for line in lines[:-1]), initial=0)
        return "\n".join(lines), list(starts), written

    def holding(self, part: str) -> Iterator[tuple[str, str, int]]:
        """Yield each word that holds some letters, without diacritics as well, and where it first holds them."""
        text, starts, written = self._sheet
        position = text.find(part)
        while position >= 0:
            at = bisect_right(starts, position) - 1
            end = text.find("\n", position)
            end = end if end >= 0 else len(text)
            yield written[at], text[starts[at] : end], position - starts[at]
            position = text.find(part, end)

    @cached_property
    def phrase_stems(self) -> set[Phrase]:
        """The stems of each word of the expressions."""
        return {self.stems([word]) for group in self.groups for phrase in group for word in phrase}

    @cached_property
    def synonyms(self) -> dict[Phrase, list[Phrase]]:
        """By the stems of each expression, what else is said for it."""
        found: dict[Phrase, list[Phrase]] = defaultdict(list)
        for group in self.groups:
            for phrase in group:
                found[self.stems(self.telling(phrase))] += [self.telling(other) for other in group if other != phrase]
        return dict(found)

    @cached_property
    def spellings(self) -> dict[str, str]:
        """Each word that can be meant by a misspelled one, with itself without diacritics."""
        of_editors = {word for group in self.groups for phrase in group for word in phrase}
        known = sorted({*self.counts, *of_editors}, key=lambda word: (self.counts.get(word, 0), word))
        return {word: fold(word) for word in known if word.isalpha()}

    def take_over(self, earlier: "Vocabulary") -> None:
        """Keep what an earlier version has worked out, where it is the same."""
        same: tuple[str, ...] = OF_WORDS if self.counts.keys() == earlier.counts.keys() else ()
        same += OF_GROUPS if self.groups == earlier.groups else ()
        known = earlier.__dict__
        self.__dict__.update({name: known[name] for name in same if name in known})

    def telling(self, phrase: Sequence[str]) -> Phrase:
        """Return the words that tell something; all, where none does."""
        stop_words = STOP_WORDS.get(self.language, frozenset())
        return tuple(word for word in phrase if word not in stop_words) or tuple(phrase)

    def stem(self, word: str) -> str:
        """Return the stem of a word in this language."""
        return stem(word, self.language)

    def stems(self, phrase: Iterable[str]) -> Phrase:
        """Return the stems of an expression, without diacritics."""
        return tuple(self.stem(fold(word)) for word in phrase)

    def _grouped(self, key: Callable[[str], str]) -> dict[str, list[str]]:
        grouped: dict[str, list[str]] = defaultdict(list)
        for word in self.counts:
            grouped[key(word)].append(word)
        return dict(grouped)


@dataclass(frozen=True, slots=True)
class Pin:
    """What comes before all hits of a query: an entry by its key, or an address elsewhere."""

    key: str = ""
    url: str = ""
    title: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a search needs to know before it asks the database."""

    vocabulary: Vocabulary
    by_query: dict[Phrase, list[Pin]]  # what editors pinned, by the words of the query
    by_number: dict[str, Pin]  # steps and parts of the manual: "3", "3.1"

    def pins(self, query: str) -> list[Pin]:
        """Return what comes before all hits."""
        numbered = NUMBERED.fullmatch(query.casefold())
        number = self.by_number.get(numbered["number"]) if numbered and (numbered["word"] or "." in query) else None
        return [*self.by_query.get(_key(query), []), *([number] if number else [])]


@lru_cache(maxsize=4)
def lexicon(version: int, language: str) -> Lexicon:
    """Return what is known at a version of the site; the last few are kept. Four queries and what changed, or none."""
    with override(language):
        return Lexicon(_read_vocabulary(language), _read_pins(), dict(_read_numbers()))


@cache
def known_words(language: str) -> KnownWords:
    """Return the words of a language as this process has read them, whatever the version."""
    return KnownWords(language)


_latest: dict[str, Vocabulary] = {}  # by language


def _read_vocabulary(language: str) -> Vocabulary:
    """Return the latest vocabulary where it still holds, else one that takes over what does."""
    entries, counts = known_words(language).counts()
    latest, groups = _latest.get(language), _read_groups()
    if latest and latest.counts is counts and latest.groups == groups:
        return latest
    made = Vocabulary(language, entries, counts, groups)
    if latest:
        made.take_over(latest)
    _latest[language] = made
    return made


def _key(query: str) -> Phrase:
    return tuple(map(fold, words(query)))


def _read_groups() -> list[list[Phrase]]:
    rows = SearchSynonyms.objects.order_by("pk").values_list(*localized_fields("words"))
    return [[tuple(words(line)) for text in row for line in SearchSynonyms.lines(text)] for row in rows]


def _read_pins() -> dict[Phrase, list[Pin]]:
    pins: dict[Phrase, list[Pin]] = defaultdict(list)
    for pin in SearchPromotion.objects.select_related("query").order_by("query_id", "sort_order", "pk"):
        key = str(pin.page_id or "")
        shown = Pin(key, pin.external_link_url, pin.external_link_text or "", pin.description)
        pins[_key(pin.query.query_string)].append(shown)
    return dict(pins)


def _read_numbers() -> Iterator[tuple[str, Pin]]:
    index = read_index()
    own = [step for step in index.steps if step.locale.language_code == get_language()]
    for step in own:
        yield str(index.beside(step).index(step) + 1), Pin(str(step.pk))
    for part in index.parts:
        if part.step in own:
            yield part.number, Pin(f"{part.step.pk}:{part.code}")
