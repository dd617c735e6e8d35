"""What a query asks for: its terms, each with the words that may answer it and how well they do."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from pages.search.additions import Additions, Phrase
from pages.search.index import WordIndex
from pages.search.matching import Expansions, WordMatcher
from pages.search.words import telling, words

MAX_QUERY_LENGTH = 200  # characters that are read of a query
MAX_TERMS = 8
MOST_TOGETHER = 5  # words of an expression

PART_ALONE = 0.1  # one of two words that are asked for as the compound that they make


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to answer a term: an entry must hold one of each of these sets of words."""

    expansions: tuple[Expansions, ...]
    weight: float = 1.0


type Term = tuple[Alternative, ...]  # the ways to answer a word or an expression of the query


def weights(term: Term) -> Expansions:
    """Return how well each word answers a term, alone or with others."""
    found: Expansions = {}
    for alternative in term:
        for expansions in alternative.expansions:
            found |= {word: max(alternative.weight * weight, found.get(word, 0)) for word, weight in expansions.items()}
    return found


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query, understood."""

    terms: tuple[Term, ...]
    written: str  # all its words as they are meant, in order
    corrected: str  # the same, "" when nothing was a slip
    unknown: tuple[str, ...]  # its words that nothing answers
    is_guess: bool  # nothing answers it: the terms are words that look like those asked for

    def answering(self) -> frozenset[str]:
        """Return the words that answer a term, well or less well."""
        return frozenset().union(*map(weights, self.terms))

    def answering_in(self, line: Collection[str]) -> set[str]:
        """Return the words of a line that answer a term: those of an expression where all of it stands there."""
        found: set[str] = set()
        for alternative in chain.from_iterable(self.terms):
            there = [expansions.keys() & line for expansions in alternative.expansions]
            if all(there):
                found.update(*there)
        return found


def parse_query(query: str, index: WordIndex, additions: Additions) -> ParsedQuery:
    """Return what a query asks for; hold the index's lock."""
    matcher = WordMatcher(index, additions)
    asked = words(query[:MAX_QUERY_LENGTH])
    told = list(dict.fromkeys(telling(asked, index.language)))
    meant = {word: matcher.meant(word) for word in told}
    written = [meant.get(word) or word for word in asked]
    phrase = " ".join(written)
    is_changed = any(meant[word] not in {word, ""} for word in told)
    terms = tuple(_terms(written, {meant[word] or word for word in told}, matcher))[:MAX_TERMS]
    guesses = [] if terms else [matcher.guessed(word) for word in told[:MAX_TERMS] if word.isalpha()]
    return ParsedQuery(
        terms or tuple((Alternative((guess,)),) for guess in filter(None, guesses)),
        phrase,
        phrase if is_changed and terms else "",
        tuple(word for word in told if not meant[word]),
        is_guess=not terms,
    )


def _terms(written: Sequence[str], told: set[str], matcher: WordMatcher) -> Iterator[Term]:
    """Yield the terms that something answers; an expression that editors know is one, and so is a compound in two."""
    position = 0
    while position < len(written):
        length, terms = _terms_at(written[position:], told, matcher)
        position += length
        yield from filter(None, terms)


def _terms_at(written: Sequence[str], told: set[str], matcher: WordMatcher) -> tuple[int, list[Term]]:
    """Return how many words are read at the beginning, and the terms that they ask for."""
    for length in range(min(MOST_TOGETHER, len(written)), 1, -1):
        own = telling(written[:length], matcher.index.language)
        if len(own) > 1 and matcher.said_for(own)[0]:
            return length, [_term(own, matcher)]
    first, second = (*written[:2], "")[:2]
    if first not in told:
        return 1, []
    if second in told and (first + second).isalpha() and matcher.is_known(first + second):
        parts = (Alternative((matcher.expansions(part),), PART_ALONE) for part in (first, second))
        return 2, [(*_term((first + second,), matcher), *parts)]
    known = [] if matcher.is_known(first) else matcher.taken_apart(first)
    is_whole = not known or (len(known) == 1 and matcher.expansions(first))
    return 1, [_term((part,), matcher) for part in ([first] if is_whole else known)]


def _term(own: Phrase, matcher: WordMatcher) -> Term:
    """Return how an expression is answered: by its words, and by what else is said for it; () by nothing."""
    others, by = matcher.said_for(own)
    said = [Alternative(tuple(map(matcher.expansions, own)))]
    said += [Alternative(tuple(map(matcher.same, other)), by) for other in others]
    return tuple(alternative for alternative in said if all(alternative.expansions))
