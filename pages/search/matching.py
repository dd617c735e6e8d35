"""Which words of the entries a word of a query means: its forms, compounds, what it is a slip of, its parts."""

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from pages.search.additions import Additions, Phrase
from pages.search.index import WordIndex
from pages.search.words import STOP_WORDS, fold, phrase_stems, telling

MOST_GUESSED = 5

# How well a word answers another; itself it answers with 1.
INFLECTED = 0.95  # also where the diacritics are other ones
FIRST_PART, LAST_PART = 0.7, 0.5  # of a compound
SYNONYM_BESIDE_ITSELF = 0.5  # what else is said for a word that is said itself; where it is not, 1

MIN_PART = 3  # letters in a part of a compound
MIN_SLIPPED = 5  # letters of a word that may be a slip
MIN_LIKENESS = 65  # per cent of the letters, in order, that a guessed word has in common with the one asked for

type Expansions = dict[str, float]  # how well each word answers


class WordMatcher:
    """Reads what the words of one query mean; hold the index's lock."""

    def __init__(self, index: WordIndex, additions: Additions) -> None:
        self.index = index
        self.additions = additions
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
        return bool(self.index.by_stem.get(stem)) or (stem,) in self.additions.synonyms

    def same(self, word: str) -> Expansions:
        """Return the word and its inflections; those with other diacritics where it has none, or no other is there."""
        written = self.index.by_stem.get(self.index.folded_stem(word), [])
        stem = self.index.stem(word)
        found = [other for other in written if self.index.stem(other) == stem]
        if not found or word == fold(word):
            found = written
        return dict.fromkeys(found, INFLECTED) | ({word: 1.0} if word in found else {})

    def expansions(self, word: str) -> Expansions:
        """Return the words that answer one, also compounds."""
        return self._compounds(word) | self.same(word)

    def taken_apart(self, word: str) -> list[str]:
        """Return the two known words that a compound is made of; else the longest known one that it has."""
        alone: list[str] = []
        for position in range(MIN_PART, len(word) - MIN_PART + 1):
            start, end = word[:position], word[position:]
            start = start if self._is_part(start) else start.removesuffix("s")
            parts = list(filter(self._is_part, (start, end)))
            if len(parts) > 1:
                return parts
            alone += [part for part in parts if len(self.index.folded_stem(part)) > MIN_PART]
        return [max(alone, key=len)] if alone else []

    def said_for(self, own: Phrase) -> tuple[list[Phrase], float]:
        """Return what else is said for an expression, but no common word, as "av" for AV; and how well it answers."""
        key = phrase_stems(own, self.index.language)
        is_said = key not in self.additions.translated and all(map(self.same, own))
        others = self.additions.synonyms.get(key, [])
        told = [telling(other, self.index.language) for other in others if not self.stop_words.issuperset(other)]
        return told, SYNONYM_BESIDE_ITSELF if is_said else 1.0

    def guessed(self, word: str) -> Expansions:
        """Return the words that look most like one that nothing answers."""
        spellings = self.index.spellings
        like = process.extract(fold(word), spellings, scorer=fuzz.ratio, score_cutoff=MIN_LIKENESS, limit=None)
        nearest = sorted((-likeness, other) for _spelling, likeness, other in like)[:MOST_GUESSED]
        return {other: -likeness / 100 for likeness, other in nearest}

    def _near(self, word: str) -> str:
        # A slip is rare in a short word, and makes another.
        if len(word) < MIN_SLIPPED or not word.isalpha():
            return ""
        spellings = self.index.spellings | self.additions.spellings
        slips = 1 + (len(word) > 7) + (len(word) > 12)
        near = process.extract(fold(word), spellings, scorer=OSA.distance, score_cutoff=slips, limit=None)
        ranked = (
            (distance, other[0] != word[0], -self._count(other), other)
            for _spelling, distance, other in near
            if other.isalpha()
        )
        return min(ranked, default=("",))[-1]

    def _compounds(self, word: str) -> Expansions:
        """Return the words of which this is the beginning or the last part."""
        stem = self.index.folded_stem(word)
        own = stem if len(stem) > MIN_PART else fold(word)
        if len(own) <= MIN_PART:
            return {}
        found: Expansions = {}
        for other, forms in self.index.by_stem.items():
            if own in other:  # most are not looked at further
                if other.startswith(own):
                    found |= dict.fromkeys(forms, FIRST_PART)
                elif other.endswith(own) and self._is_start(other.removesuffix(own)):
                    found |= dict.fromkeys(forms, LAST_PART)
        return found

    def _is_start(self, start: str) -> bool:
        """Tell whether letters can begin a compound, with or without a joining s."""
        return any(self._is_part(part) for part in (start, start.removesuffix("s")))

    def _is_part(self, part: str) -> bool:
        return len(part) >= MIN_PART and part not in self.stop_words and self.is_known(part)

    def _count(self, word: str) -> int:
        """Return how many entries hold a word, 0 for one that only editors have."""
        held = self.index.words.get(word)
        return len(held.entries) if held else 0
