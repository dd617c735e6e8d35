"""The order of hits: BM25 over words that are weighed by where they stand, and the share of the title that is named.

From the words in memory alone, so that it is the same in every database. A term counts by how much it tells
(how few entries answer it) and by how well the entry's word answers it; what answers all terms comes before what
answers some, and a title that is the query and nothing else comes first.
"""

from collections import defaultdict
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
    answers = [(_rarity(points, index), points, term) for term in parsed.terms if (points := _points(term, index))]
    asked = sum(rarity for rarity, _points, _term in answers)
    answered: Points = defaultdict(float)
    total: Points = defaultdict(float)
    for rarity, points, _term in answers:
        for pk, value in points.items():
            total[pk] += rarity * value
            answered[pk] += rarity
    meant = [(rarity / asked, weights(term)) for rarity, _points, term in answers]
    ignored = STOP_WORDS.get(index.language, frozenset())
    written = f" {' '.join(map(index.stem, parsed.written.split()))} "
    answering = parsed.answering()
    scored = []
    for pk, summed in total.items():
        entry = index.entries[pk]
        # Most titles say nothing of it, and are not looked at further.
        titles = [title for title in entry.titles if not answering.isdisjoint(title)]
        named = max((_named(title, meant, ignored) for title in titles), default=0)
        score = summed / asked + WHOLE_TITLE * named + IN_TITLE * (written in entry.title_stems)
        score *= answered[pk] / asked * entry.boost
        # Rounded, since equals must be equal whatever the order in which they were added up.
        scored.append((-round(score, 5), entry.tie_break, pk))
    return [index.entries[pk] for _score, _tie_break, pk in sorted(scored)]


def _rarity(points: Points, index: WordIndex) -> float:
    return log(1 + len(index.entries) / len(points))


def _points(term: Term, index: WordIndex) -> Points:
    """Return how well each entry answers a term: by its best alternative, of which the weakest word counts."""
    best: Points = defaultdict(float)
    total: Points = defaultdict(float)
    for alternative in term:
        first, *others = [_held(expansions, index) for expansions in alternative.expansions]
        for pk in set(first).intersection(*others):
            value = alternative.weight * min(part[pk] for part in (first, *others))
            best[pk] = max(best[pk], value)
            total[pk] += value
    return {pk: value + OTHERS * (total[pk] - value) for pk, value in best.items()}


def _held(expansions: Expansions, index: WordIndex) -> Points:
    """Return the points of each entry that holds one of some words: those of the best of them."""
    points: Points = {}
    for text, weight in expansions.items():
        if word := index.words.get(text):
            for pk, value in zip(word.entries, word.points, strict=True):
                if weight * value > points.get(pk, 0):
                    points[pk] = weight * value
    return points


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
