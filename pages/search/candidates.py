"""The entries that may answer a query, fetched by Wagtail's search: the same whatever holds the index.

A search engine's own order differs from one to the next, and so would the first hundreds of it. So
as many as can be ranked are fetched in the entries' own order. Where there are more, that is a sample:
those whose title holds the terms are fetched too, with those that hold them before their text, or,
where even these are too many, with those whose title is as long as the query.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import zip_longest
from operator import and_

from modelsearch.backends import get_search_backend
from modelsearch.query import PlainText, SearchQuery

from pages.search.models import BEFORE, NAME, SearchEntry
from pages.search.parsed_query import ParsedQuery, Term

MOST = 200  # entries that one query fetches
FEW = 20  # with fewer that hold every term, those that hold some are fetched too
COMMON = 0.25  # what so large a share of the entries holds does not tell, where other terms do


@dataclass(frozen=True, slots=True)
class Candidates:
    """The entries to rank, with their tokens only; `is_cut` where there may be more."""

    entries: list[SearchEntry]
    is_cut: bool


def candidates(parsed: ParsedQuery, language: str) -> Candidates:
    """Return what may answer. At most three queries."""
    terms = parsed.terms
    if not terms:
        return Candidates([], is_cut=False)
    found = _fetch(_every(map(_holds, terms)), language)
    is_cut = len(found) > MOST
    if is_cut:
        titles = _fetch(_every(_holds(term, NAME) for term in terms), language)
        mark = f"{NAME}{len(parsed.phrase)}" if len(titles) > MOST else BEFORE
        found += titles + _fetch(_every(_holds(term, mark) for term in terms), language)
    elif len(found) < FEW and len(terms) > 1:
        telling = [term for term in terms if term.share <= COMMON] or terms
        some = _fetch(_any(map(_holds, telling)), language)
        is_cut = len(some) > MOST
        titles = _fetch(_any(_holds(term, NAME) for term in telling), language) if is_cut else []
        found += some + titles
    return Candidates(list({entry.pk: entry for entry in found}.values()), is_cut)


def _fetch(query: SearchQuery, language: str) -> list[SearchEntry]:
    """Return at most one more than `MOST`, which tells that there are more."""
    entries = SearchEntry.objects.filter(language=language).order_by("tie_break")
    read = entries.only("kind", "tokens", "boost", "tie_break")
    return list(get_search_backend().search(query, read, order_by_relevance=False)[: MOST + 1])


def _holds(term: Term, mark: str = "") -> SearchQuery:
    """Ask for one of the alternatives; with a mark, where it tells."""
    return _any(
        _every(_any(PlainText(mark + token) for token in expansions) for expansions in alternative.expansions)
        for alternative in term.alternatives
    )


def _every(queries: Iterable[SearchQuery]) -> SearchQuery:
    return reduce(and_, queries)


def _any(queries: Iterable[SearchQuery]) -> SearchQuery:
    # Not `PlainText(operator="or")`: without parentheses of its own it is misread beside `and` on SQLite.
    # In pairs, since a chain of them takes time that grows with its square.
    joined = list(queries)
    while len(joined) > 1:
        pairs = zip_longest(joined[::2], joined[1::2])
        joined = [first | second if second else first for first, second in pairs]
    return joined[0]
