"""The entries that may answer a question, fetched by Wagtail's search: the same whatever holds the index.

A search engine's own order differs from one to the next, and so would the first hundreds of it. So
as many as can be ranked are fetched in the entries' own order, and where there are more, those that
hold every term before their text too.
"""

from collections.abc import Iterable
from functools import reduce
from itertools import zip_longest
from operator import and_

from modelsearch.backends import get_search_backend
from modelsearch.query import PlainText, SearchQuery

from pages.models import SearchEntry
from pages.search.terms import Question, Term

MOST = 200  # entries that are ranked
FEW = 20  # with fewer that hold every term, those that hold some are fetched too
COMMON = 0.25  # what so large a share of the entries holds does not tell, where other terms do


def candidates(question: Question, language: str) -> list[SearchEntry]:
    """Return the entries to rank, with their tokens only. At most two queries."""
    terms = question.terms
    if not terms:
        return []
    found = _fetch(_every(map(_holds, terms)), language)
    if len(found) == MOST:
        found += _fetch(_every(_holds(term, "t") for term in terms), language)
    elif len(found) < FEW and len(terms) > 1:
        telling = [term for term in terms if term.share <= COMMON] or terms
        found += _fetch(_any(map(_holds, telling)), language)
    return list({entry.pk: entry for entry in found}.values())


def _fetch(query: SearchQuery, language: str) -> list[SearchEntry]:
    entries = SearchEntry.objects.filter(language=language).order_by("place")
    read = entries.only("kind", "tokens", "standing", "place")
    return list(get_search_backend().search(query, read, order_by_relevance=False)[:MOST])


def _holds(term: Term, mark: str = "") -> SearchQuery:
    """Ask for one of the choices; with a mark, before the text."""
    return _any(
        _every(_any(PlainText(mark + token) for token in forms) for forms in choice.forms) for choice in term.choices
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
