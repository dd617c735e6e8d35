"""The order of hits: BM25 over words that are weighed by where they stand, and the share of the title that is named.

From the words in memory alone, so that it is the same in every database. A term counts by how much it tells
(how few entries answer it) and by how well the entry's word answers it; what answers all terms comes before what
answers some, and a title that is the query and nothing else comes first.
"""

from collections import defaultdict
from collections.abc import Iterable
from math import log

from pages.search.index import IndexedEntry, WordIndex
from pages.search.matching import Expansions
from pages.search.query import ParsedQuery, Term, weights
from pages.search.words import STOP_WORDS

WHOLE_TITLE = 1.4  # for the share of the title that the query names
IN_TITLE = 0.5  # for the query as it is written, but for endings, in a title
OTHERS = 0.2  # beside the best way to answer a term, for the others
IGNORED = 0.2  # of a word, for one in the title that tells nothing

type Points = dict[int, float]  # by the primary key of the entry


def ranked(parsed: ParsedQuery, index: WordIndex) -> list[IndexedEntry]:
    """Return the entries that answer a query, best first; hold the index's lock."""
    answers = [(points, weights(term)) for term in parsed.terms if (points := _points(term, index))]
    rarities = [log(1 + len(index.entries) / len(points)) for points, _words in answers]
    shares = [rarity / sum(rarities) for rarity in rarities]  # of the query: a term counts by how much it tells
    total: Points = defaultdict(float)
    answered: Points = defaultdict(float)
    for share, (points, _words) in zip(shares, answers, strict=True):
        for pk, value in points.items():
            total[pk] += share * value
            answered[pk] += share
    meant = [(share, words) for share, (_points, words) in zip(shares, answers, strict=True)]
    ignored = STOP_WORDS.get(index.language, frozenset())
    written = _stemmed(parsed.written.split(), index)
    answering = parsed.answering()
    scored = []
    for pk, held in total.items():
        entry, score = index.entries[pk], held
        # Most titles say nothing of it, and are not looked at further.
        if titles := [title for title in entry.titles if not answering.isdisjoint(title)]:
            score += WHOLE_TITLE * max(_named(frozenset(title), meant, ignored) for title in titles)
            score += IN_TITLE * any(written in _stemmed(title, index) for title in titles)
        # Rounded, since equals must be equal whatever the order in which they were added up.
        scored.append((-round(score * answered[pk] * entry.boost, 5), entry.tie_break, pk))
    return [index.entries[pk] for _score, _tie_break, pk in sorted(scored)]


def _points(term: Term, index: WordIndex) -> Points:
    """Return how well each entry answers a term: by its best alternative, of which the weakest word counts."""
    best: Points = defaultdict(float)
    total: Points = defaultdict(float)
    for alternative in term:
        points, *others = [_held(expansions, index) for expansions in alternative.expansions]
        for other in others:
            points = {pk: min(value, other[pk]) for pk, value in points.items() if pk in other}
        for pk, held in points.items():
            value = alternative.weight * held
            total[pk] += value
            best[pk] = max(best[pk], value)
    return {pk: value + OTHERS * (total[pk] - value) for pk, value in best.items()}


def _held(expansions: Expansions, index: WordIndex) -> Points:
    """Return the points of each entry that holds one of some words: those of the best of them."""
    points: Points = {}
    for text, weight in expansions.items():
        if word := index.words.get(text):
            for pk, held in zip(word.entries, word.points, strict=True):
                value = weight * held
                if value > points.get(pk, 0):
                    points[pk] = value
    return points


def _stemmed(words: Iterable[str], index: WordIndex) -> str:
    return f" {' '.join(map(index.stem, words))} "


def _named(title: frozenset[str], meant: list[tuple[float, Expansions]], ignored: frozenset[str]) -> float:
    """Return how much of the title the query names, times how much of the query the title answers."""
    named: Expansions = {}
    answered = 0.0
    for share, weights_of in meant:
        held = {word: weights_of[word] for word in title if word in weights_of}
        answered += share * max(held.values(), default=0)
        named |= {word: max(weight, named.get(word, 0)) for word, weight in held.items()}
    length = len(named) + sum(IGNORED if word in ignored else 1 for word in title - named.keys())
    return sum(sorted(named.values())) / length * answered**2
