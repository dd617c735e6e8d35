"""The order of hits: this site's own, from the words alone, so that it is the same in every database.

A term counts by how much it tells (its rarity), how well the entry's word answers it, and where the
word is: title, lead or text. What answers all terms comes before what answers some; a title that is
the query and nothing else comes first.
"""

from collections.abc import Iterable
from math import log2
from operator import contains

from pages.search.models import SearchEntry
from pages.search.parsed_query import Alternative, ParsedQuery

WEIGHTS = (10.0, 9.0, 4.0, 1.0)  # of title, heading, lead and text
OFTEN = 0.5  # for each doubling of how often the text has the word
MOST_OFTEN = 2.5
ELSEWHERE_TOO = 0.25  # of what the other fields of an entry would give
WHOLE_TITLE = 8.0  # for the share of the title that the query names
PHRASE = (4.0, 4.0, 2.0)  # the words of the query in order, in all but the text
IGNORED = 0.2  # of a word, for one in the title that tells nothing
MISSING = 2  # power of the share of terms that are answered


def ranked(entries: Iterable[SearchEntry], parsed: ParsedQuery) -> list[SearchEntry]:
    """Return the entries that answer the query, best first."""
    answering = parsed.answering()
    scored = [(score(entry, parsed, answering), entry) for entry in entries]
    hits = [(points, entry) for points, entry in scored if points > 0]
    return [entry for _points, entry in sorted(hits, key=lambda hit: (-hit[0], hit[1].tie_break))]


def score(entry: SearchEntry, parsed: ParsedQuery, answering: frozenset[str]) -> float:
    """Return how well an entry answers; 0 when it does not. `answering` are the tokens that answer a term."""
    lines = [line.split() for line in entry.tokens.split("\n")]
    fields = [answering.intersection(line) for line in lines]
    asked = answered = points = 0.0
    for term in parsed.terms:
        answer = max(alternative.weight * _answer(alternative, fields, lines[-1]) for alternative in term.alternatives)
        points += term.rarity * answer
        asked += term.rarity
        answered += term.rarity if answer else 0
    if not answered:
        return 0
    title = max(_named(frozenset(lines[0]), parsed), _named(frozenset(lines[1]), parsed))
    points += asked * (WHOLE_TITLE * title + _in_order(lines, parsed))
    points *= entry.boost / 100 * (answered / asked) ** MISSING
    # Rounded, since equals must be equal whatever the order in which they were added up.
    return round(points, 6)


def _answer(alternative: Alternative, fields: list[frozenset[str]], text: list[str]) -> float:
    """Return the points of the field that answers best, and a part of those of the others.

    Of several words each may be in another field; the weakest of them counts.
    """
    weakest = 0.0
    for expansions in alternative.expansions:
        best = total = 0.0
        for weight, field in zip(WEIGHTS, fields, strict=True):
            if held := field.intersection(expansions):
                points = weight * max(expansions[token] for token in held)
                if field is fields[-1]:
                    points *= min(1 + OFTEN * log2(sum(map(text.count, held))), MOST_OFTEN)
                total += points
                best = max(best, points)
        if not best:
            return 0
        points = best + ELSEWHERE_TOO * (total - best)
        weakest = min(weakest or points, points)
    return weakest


def _named(title: frozenset[str], parsed: ParsedQuery) -> float:
    """Return how much of the title the query names, times how much of the query the title answers."""
    named: dict[str, float] = {}
    asked = answered = 0.0
    for term in parsed.terms:
        asked += term.rarity
        best = 0.0
        for alternative in term.alternatives:
            held = [title.intersection(expansions) for expansions in alternative.expansions]
            if all(held):
                for expansions, tokens in zip(alternative.expansions, held, strict=True):
                    for token in tokens:
                        named[token] = max(named.get(token, 0), alternative.weight * expansions[token])
                        best = max(best, named[token])
        answered += best * term.rarity
    if not named:
        return 0
    length = sum(IGNORED if token in parsed.ignored else 1 for token in title.difference(named)) + len(named)
    return sum(sorted(named.values())) / length * (answered / asked) ** 2


def _in_order(lines: list[list[str]], parsed: ParsedQuery) -> float:
    """Return the points for the words of the query in their order, for the best field where they are."""
    phrase = parsed.phrase
    if len(phrase) > 1:
        for points, line in zip(PHRASE, lines, strict=False):
            for start in range(len(line) - len(phrase) + 1):
                if line[start] in phrase[0] and all(map(contains, phrase, line[start : start + len(phrase)])):
                    return points
    return 0
