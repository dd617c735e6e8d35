"""Which words of the entries a word of a query means: its forms, compounds, what it is a slip of, its parts."""

from collections.abc import Callable, Mapping

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from pages.search.additions import Synonyms
from pages.search.index import WordIndex
from pages.search.words import STOP_WORDS, fold

MAX_EXPANSIONS = 24  # words that may answer one
MOST_GUESSED = 5

# How well a word answers another; itself it answers with 1.
INFLECTED = 0.95
OTHER_DIACRITICS = 0.9
FIRST_PART, LAST_PART = 0.7, 0.5  # of a compound

MIN_PART = 3  # letters in a part of a compound
MIN_ALONE = 4  # letters in the stem of a part that answers for the whole compound
MIN_SLIPPED = 5  # letters of a word that may be a slip
MIN_LIKENESS = 65  # per cent of the letters, in order, that a guessed word has in common with the one asked for

type Expansions = dict[str, float]  # how well each word answers


class WordMatcher:
    """Reads what the words of one query mean; hold the index's lock."""

    def __init__(self, index: WordIndex, synonyms: Synonyms) -> None:
        self.index = index
        self.synonyms = synonyms
        self.stop_words = STOP_WORDS.get(index.language, frozenset())

    def meant(self, word: str) -> str:
        """Return the word, a correction where nothing answers it, "" where nothing is near either.

        A word of which only the beginning is known may be a slip of a longer one: "regionkordinator" is no region.
        """
        if self.is_known(word) or self.expansions(word):
            return word
        parts = self.taken_apart(word)
        is_compound = len(parts) > 1 and min(map(len, parts)) > MIN_PART
        return word if is_compound else self._near(word) or (word if parts else "")

    def is_known(self, word: str) -> bool:
        """Tell whether an entry or an editor has the word, in whatever form."""
        stem = self.index.folded_stem(word)
        return bool(self.index.by_stem.get(stem)) or (stem,) in self.synonyms

    def same(self, word: str) -> Expansions:
        """Return the word and its inflections; those with other diacritics where it has none, or no other is there."""
        written = self.index.by_stem.get(self.index.folded_stem(word), [])
        stem = self.index.stem(word)
        found = {other: INFLECTED for other in written if self.index.stem(other) == stem}
        if not found or word == fold(word):
            found = dict.fromkeys(written, OTHER_DIACRITICS) | found
        return found | ({word: 1.0} if word in found else {})

    def expansions(self, word: str) -> Expansions:
        """Return the words that answer one, also compounds, best first, at most `MAX_EXPANSIONS`."""
        found = self._compounds(word) | self.same(word)
        ranked = sorted(found.items(), key=lambda item: (-item[1], -self._count(item[0]), item[0]))
        return dict(ranked[:MAX_EXPANSIONS])

    def taken_apart(self, word: str) -> list[str]:
        """Return the two known words that a compound is made of; else the longest known one that it has."""
        alone: list[str] = []
        for position in range(MIN_PART, len(word) - MIN_PART + 1):
            start, end = word[:position], word[position:]
            start = start if self._is_part(start) else start.removesuffix("s")
            parts = list(filter(self._is_part, (start, end)))
            if len(parts) > 1:
                return parts
            alone += [part for part in parts if len(self.index.folded_stem(part)) >= MIN_ALONE]
        return [max(alone, key=len)] if alone else []

    def guessed(self, word: str) -> Expansions:
        """Return the words that look most like one that nothing answers."""
        like = _nearest(word, {held.text: held.folded for held in self.index.words.values()}, fuzz.ratio, MIN_LIKENESS)
        nearest = sorted((-likeness, other) for other, likeness in like.items())[:MOST_GUESSED]
        return {other: -likeness / 100 for likeness, other in nearest}

    def _near(self, word: str) -> str:
        # A slip is rare in a short word, and makes another.
        if len(word) < MIN_SLIPPED or not word.isalpha():
            return ""
        spellings = {other: fold(other) for phrases in self.synonyms.values() for phrase in phrases for other in phrase}
        spellings |= {held.text: held.folded for held in self.index.words.values()}
        slips = 1 + (len(word) > 7) + (len(word) > 12)
        near = _nearest(word, spellings, OSA.distance, slips)
        ranked = (
            (distance, other[0] != word[0], -self._count(other), other)
            for other, distance in near.items()
            if other.isalpha()
        )
        return min(ranked, default=("",))[-1]

    def _compounds(self, word: str) -> Expansions:
        """Return the words of which this is the beginning or the last part."""
        stem = self.index.folded_stem(word)
        own = stem if len(stem) > MIN_PART else fold(word)
        if len(own) <= MIN_PART:
            return {}
        held = self.index.words.values()
        starts = {other.text: FIRST_PART for other in held if other.folded.startswith(own)}
        ends = [other for other in held if other.stem.endswith(own) and self._is_start(other.stem.removesuffix(own))]
        return {other.text: LAST_PART for other in ends} | starts

    def _is_start(self, start: str) -> bool:
        """Tell whether letters can begin a compound, with or without a joining s."""
        return any(self._is_part(part) for part in (start, start.removesuffix("s")))

    def _is_part(self, part: str) -> bool:
        return len(part) >= MIN_PART and part not in self.stop_words and self.is_known(part)

    def _count(self, word: str) -> int:
        """Return how many entries hold a word."""
        held = self.index.words.get(word)
        return len(held.entries) if held else 0


def _nearest(word: str, spellings: Mapping[str, str], scorer: Callable[..., float], cutoff: int) -> dict[str, float]:
    near = process.extract(fold(word), spellings, scorer=scorer, score_cutoff=cutoff, limit=None)
    return {other: score for _spelling, score, other in near}
