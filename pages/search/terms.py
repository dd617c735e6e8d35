"""What a query asks for: its terms, each with the words that may answer it and how well they do."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pages.search.vocabulary import Phrase, Vocabulary
from pages.search.words import STOP_WORDS, fold, token, words

MAX_QUERY_LENGTH = 200  # characters that are read of a query
MAX_TERMS = 8
MAX_FORMS = 24  # words that may answer one

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

type Forms = dict[str, float]  # how well each word answers, or each token


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer a term: an entry must hold one of each of these sets of tokens."""

    forms: tuple[Forms, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Term:
    """A word or expression of the query; `rarity` is how much it tells, `share` how many of the entries hold it."""

    choices: tuple[Choice, ...]
    rarity: float
    share: float


@dataclass(frozen=True, slots=True)
class Question:
    """A query, understood."""

    terms: tuple[Term, ...]
    phrase: tuple[frozenset[str], ...]  # the tokens that each of all its words may be written with, in order
    ignored: frozenset[str]  # tokens that tell nothing in a title
    corrected: str  # as it was probably meant, "" when nothing was misspelled
    unknown: tuple[str, ...]  # its words that nothing answers


def read_question(query: str, vocabulary: Vocabulary) -> Question:
    """Return what a query asks for."""
    asked = words(query[:MAX_QUERY_LENGTH])
    told = list(dict.fromkeys(vocabulary.telling(asked)))[:MAX_TERMS]
    reader = _Reader(vocabulary)
    meant = {word: reader.meant(word) for word in told}
    changed = any(meant[word] not in {word, ""} for word in told)
    return Question(
        terms=tuple(reader.terms(told, meant)),
        phrase=tuple(reader.written(meant.get(word) or word) for word in asked[: 2 * MAX_TERMS]),
        ignored=frozenset(map(token, STOP_WORDS.get(vocabulary.language, ()))),
        corrected=" ".join(meant.get(word) or word for word in asked) if changed else "",
        unknown=tuple(word for word in told if not meant[word]),
    )


class _Reader:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._known: dict[str, Forms] = {}

    def meant(self, word: str) -> str:
        """Return the word, a correction where nothing answers it, "" where nothing is near either."""
        known = self.vocabulary.stems([word]) in self.vocabulary.phrase_stems
        if known or self._forms(word) or self._taken_apart(word):
            return word
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
        place = 0
        while place < len(told):
            length, synonyms = self._synonyms_at([meant[word] or word for word in told], place)
            own = told[place : place + length]
            weight = MISSPELLED if any(meant[word] not in {word, ""} for word in own) else 1.0
            own = [meant[word] or word for word in own]
            choices = [([self._forms(word) for word in own], weight)]
            choices += [([self._forms(word) for word in phrase], weight * SYNONYM) for phrase in synonyms]
            if length == 1 and not self._same(own[0]):
                choices += [(parts, weight * by) for parts, by in self._taken_apart(own[0])]
            if kept := [(forms, by) for forms, by in choices if all(forms)]:
                yield self._term(kept)
            place += length

    def written(self, word: str) -> frozenset[str]:
        """Return the tokens of a word and its inflections."""
        return frozenset(map(token, {word, *self._same(word)}))

    def _synonyms_at(self, told: list[str], place: int) -> tuple[int, list[Phrase]]:
        for length in range(min(4, len(told) - place), 0, -1):
            if found := self.vocabulary.synonyms.get(self.vocabulary.stems(told[place : place + length])):
                return length, found
        return 1, []

    def _term(self, choices: list[tuple[list[Forms], float]]) -> Term:
        counts = self.vocabulary.counts
        # An entry may hold several of the words: what is counted is more than there are.
        held = max(min(sum(counts[word] for word in forms) for forms in choice) for choice, _weight in choices)
        held = min(held, self.vocabulary.entries)
        return Term(
            tuple(
                Choice(tuple({token(word): by for word, by in forms.items()} for forms in choice), weight)
                for choice, weight in choices
            ),
            rarity=log(1 + self.vocabulary.entries / held),
            share=held / self.vocabulary.entries,
        )

    def _forms(self, word: str) -> Forms:
        """Return the words that answer one, best first, at most `MAX_FORMS`."""
        if word not in self._known:
            self._known[word] = self._read_forms(word)
        return self._known[word]

    def _read_forms(self, word: str) -> Forms:
        forms = self._compounds(word, BESIDE_ITSELF if (same := self._same(word)) else 1.0)
        forms |= same
        ranked = sorted(forms.items(), key=lambda form: (-form[1], -self.vocabulary.counts[form[0]], form[0]))
        return dict(ranked[:MAX_FORMS])

    def _same(self, word: str) -> Forms:
        """Return the word and its inflections; without å, ä and ö, if it is written so."""
        vocabulary = self.vocabulary
        forms = dict.fromkeys(vocabulary.by_stem.get(vocabulary.stem(word), ()), INFLECTED)
        folded = fold(word)
        weight = WITHOUT_DIACRITICS if folded == word else 0 if forms else OTHER_DIACRITICS
        if weight:
            forms = dict.fromkeys(vocabulary.by_folded_stem.get(vocabulary.stem(folded), ()), weight) | forms
        if word in vocabulary.counts:
            forms[word] = 1.0
        return forms

    def _compounds(self, word: str, weight: float) -> Forms:
        """Return the words of which this is the beginning, or a part."""
        if len(word) < MIN_PART:
            return {}
        folded, own = fold(word), self.vocabulary.stem(fold(word))
        own = own if len(own) > MIN_PART else folded
        forms = {}
        for other, written, place in self.vocabulary.holding(own):
            if place == 0:
                forms[other] = weight * FIRST_PART
            elif len(own) < MIN_PART + 1:
                continue
            elif written.endswith(folded) and (len(own) >= MIN_INNER or self._is_first_part(written[: -len(folded)])):
                forms[other] = weight * LAST_PART
            elif len(own) >= MIN_INNER:
                forms[other] = weight * INNER_PART
        return forms

    def _is_first_part(self, start: str) -> bool:
        """Tell whether a word can begin a compound, with or without a joining s."""
        stems = self.vocabulary.by_folded_stem
        return any(
            len(part) >= MIN_PART and self.vocabulary.stem(part) in stems for part in {start, start.removesuffix("s")}
        )

    def _taken_apart(self, word: str) -> list[tuple[list[Forms], float]]:
        """Return what a compound that nobody wrote may mean: both parts, or the first of them."""
        choices = []
        for place in range(MIN_PART, len(word) - MIN_PART + 1):
            first = self._same(word[:place]) or self._same(word[:place].removesuffix("s"))
            last = self._same(word[place:])
            if first and last:
                choices.append(([first, last], TAKEN_APART))
            elif first and place >= MIN_INNER:
                choices.append(([first], ONE_OF_ITS_PARTS))
        return choices
