"""What a query asks for: its terms, each with the words that may answer it and how well they do."""

from collections.abc import Iterator
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pages.search.parsed_query import Alternative, Expansions, ParsedQuery, Term
from pages.search.vocabulary import Phrase, Vocabulary
from pages.search.words import STOP_WORDS, fold, token, words

MAX_QUERY_LENGTH = 200  # characters that are read of a query
MAX_TERMS = 8
MAX_EXPANSIONS = 24  # words that may answer one

# How well a word answers another; itself it answers with 1.
INFLECTED = 0.95
WITHOUT_DIACRITICS = 0.9
OTHER_DIACRITICS = 0.6
SYNONYM = 0.85
TAKEN_APART, ONE_OF_ITS_PARTS = 0.7, 0.4
LAST_PART, FIRST_PART, INNER_PART = 0.65, 0.55, 0.4
MISSPELLED = 0.8
BESIDE_ITSELF = 0.5  # a compound, where the word itself is known too

MIN_PART = 3  # letters in a part of a compound
MIN_INNER = 6  # letters of a word that is looked for inside others, whatever is around it


def parse_query(query: str, vocabulary: Vocabulary) -> ParsedQuery:
    """Return what a query asks for."""
    asked = words(query[:MAX_QUERY_LENGTH])
    told = list(dict.fromkeys(vocabulary.telling(asked)))[:MAX_TERMS]
    reader = _Reader(vocabulary)
    meant = {word: reader.meant(word) for word in told}
    changed = any(meant[word] not in {word, ""} for word in told)
    return ParsedQuery(
        terms=tuple(reader.terms(told, meant)),
        phrase=tuple(reader.written(meant.get(word) or word) for word in asked[: 2 * MAX_TERMS]),
        ignored=frozenset(map(token, STOP_WORDS.get(vocabulary.language, ()))),
        corrected=" ".join(meant.get(word) or word for word in asked) if changed else "",
        unknown=tuple(word for word in told if not meant[word]),
    )


class _Reader:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._known: dict[str, Expansions] = {}

    def meant(self, word: str) -> str:
        """Return the word, a correction where nothing answers it, "" where nothing is near either.

        A word of which only the beginning is known may be a slip of a longer one: "regionkordinator" is no region.
        """
        known = self.vocabulary.stems([word]) in self.vocabulary.phrase_stems
        if known or self._expansions(word):
            return word
        parts = self._taken_apart(word)
        if any(weight == TAKEN_APART for _words, weight in parts):
            return word
        return self._near(word) or (word if parts else "")

    def _near(self, word: str) -> str:
        # A slip is rare in a short word, and makes another.
        if len(word) < 4 or not word.isalpha():
            return ""
        folded = fold(word)
        near = process.extract(
            folded, self.vocabulary.spellings, scorer=OSA.distance, score_cutoff=1 if len(word) < 8 else 2, limit=20
        )
        counts = self.vocabulary.counts
        best = min(
            ((distance, written[0] != folded[0], -counts.get(other, 0), other) for written, distance, other in near),
            default=("",),
        )
        return best[-1]

    def terms(self, told: list[str], meant: dict[str, str]) -> Iterator[Term]:
        """Yield the terms that something answers; an expression that editors know is one."""
        position = 0
        while position < len(told):
            length, synonyms = self._synonyms_at([meant[word] or word for word in told], position)
            own = told[position : position + length]
            weight = MISSPELLED if any(meant[word] not in {word, ""} for word in own) else 1.0
            own = [meant[word] or word for word in own]
            alternatives = [([self._expansions(word) for word in own], weight)]
            alternatives += [([self._expansions(word) for word in phrase], weight * SYNONYM) for phrase in synonyms]
            if length == 1 and not self._same(own[0]):
                alternatives += [(parts, weight * by) for parts, by in self._taken_apart(own[0])]
            if answered := [(expansions, by) for expansions, by in alternatives if all(expansions)]:
                yield self._term(answered)
            position += length

    def written(self, word: str) -> frozenset[str]:
        """Return the tokens of a word and its inflections."""
        return frozenset(map(token, {word, *self._same(word)}))

    def _synonyms_at(self, told: list[str], position: int) -> tuple[int, list[Phrase]]:
        for length in range(min(4, len(told) - position), 0, -1):
            if found := self.vocabulary.synonyms.get(self.vocabulary.stems(told[position : position + length])):
                return length, found
        return 1, []

    def _term(self, alternatives: list[tuple[list[Expansions], float]]) -> Term:
        counts = self.vocabulary.counts
        # An entry may hold several of the words: what is counted is more than there are.
        held = max(
            min(sum(counts[word] for word in expansions) for expansions in alternative)
            for alternative, _weight in alternatives
        )
        held = min(held, self.vocabulary.entries)
        return Term(
            tuple(
                Alternative(
                    tuple({token(word): by for word, by in expansions.items()} for expansions in alternative), weight
                )
                for alternative, weight in alternatives
            ),
            rarity=log(1 + self.vocabulary.entries / held),
            share=held / self.vocabulary.entries,
        )

    def _expansions(self, word: str) -> Expansions:
        """Return the words that answer one, best first, at most `MAX_EXPANSIONS`."""
        if word not in self._known:
            self._known[word] = self._read_expansions(word)
        return self._known[word]

    def _read_expansions(self, word: str) -> Expansions:
        expansions = self._compounds(word, BESIDE_ITSELF if (same := self._same(word)) else 1.0)
        expansions |= same
        ranked = sorted(expansions.items(), key=lambda item: (-item[1], -self.vocabulary.counts[item[0]], item[0]))
        return dict(ranked[:MAX_EXPANSIONS])

    def _same(self, word: str) -> Expansions:
        """Return the word and its inflections; without å, ä and ö, if it is written so."""
        vocabulary = self.vocabulary
        expansions = dict.fromkeys(vocabulary.by_stem.get(vocabulary.stem(word), ()), INFLECTED)
        folded = fold(word)
        weight = WITHOUT_DIACRITICS if folded == word else 0 if expansions else OTHER_DIACRITICS
        if weight:
            expansions = dict.fromkeys(vocabulary.by_folded_stem.get(vocabulary.stem(folded), ()), weight) | expansions
        if word in vocabulary.counts:
            expansions[word] = 1.0
        return expansions

    def _compounds(self, word: str, weight: float) -> Expansions:
        """Return the words of which this is the beginning, or a part."""
        if len(word) < MIN_PART:
            return {}
        folded, own = fold(word), self.vocabulary.stem(fold(word))
        own = own if len(own) > MIN_PART else folded
        expansions = {}
        for other, written, position in self.vocabulary.holding(own):
            if position == 0:
                expansions[other] = weight * FIRST_PART
            elif len(own) < MIN_PART + 1:
                continue
            elif written.endswith(folded) and (len(own) >= MIN_INNER or self._is_first_part(written[: -len(folded)])):
                expansions[other] = weight * LAST_PART
            elif len(own) >= MIN_INNER:
                expansions[other] = weight * INNER_PART
        return expansions

    def _is_first_part(self, start: str) -> bool:
        """Tell whether a word can begin a compound, with or without a joining s."""
        stems = self.vocabulary.by_folded_stem
        return any(
            len(part) >= MIN_PART and self.vocabulary.stem(part) in stems for part in {start, start.removesuffix("s")}
        )

    def _taken_apart(self, word: str) -> list[tuple[list[Expansions], float]]:
        """Return what a compound that nobody wrote may mean: both parts, or the first of them."""
        alternatives = []
        for position in range(MIN_PART, len(word) - MIN_PART + 1):
            first = self._same(word[:position]) or self._same(word[:position].removesuffix("s"))
            last = self._same(word[position:])
            if first and last:
                alternatives.append(([first, last], TAKEN_APART))
            elif first and position >= MIN_INNER:
                alternatives.append(([first], ONE_OF_ITS_PARTS))
        return alternatives
