"""The search page, and the titles for suggestions while somebody types.

What readers search for is neither stored nor logged.
"""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from wagtail.models import Page

from pages.exit_button import with_exit_button
from pages.html.links import view_urls
from pages.models.site_version import site_version
from pages.page_cache.rules import cacheable
from pages.registry import registered_functions
from pages.requests import SEARCH, PageRequest
from pages.search.candidates import candidates
from pages.search.documents import SearchKind
from pages.search.hits import read_hits
from pages.search.models import SearchEntry
from pages.search.ranking import ranked
from pages.search.terms import MAX_QUERY_LENGTH, parse_query
from pages.search.vocabulary import lexicon
from pages.search.words import words

QUERY, KIND, PAGE = SEARCH
MIN_LETTERS = 2
HITS_ON_A_PAGE = 10
MOST_TITLES = 2_000


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A way to see the hits of one kind, or all."""

    text: str
    count: int
    query: str
    is_chosen: bool


def search(request: PageRequest) -> HttpResponse:
    """Answer `?q=`, with `kind` and `page` where they are given. Eight queries, once what is known is in memory."""
    asked = "".join(filter(str.isprintable, request.GET.get(QUERY, "")))[:MAX_QUERY_LENGTH].strip()
    version = site_version()  # before all that is read of it
    top = top_pages(version, get_language() or "")
    request.page_trail = [page for page in top if page.depth == 2][:1]
    request.top_pages = [page for page in top if page.depth == 3 and request.page_trail]
    context: dict[str, Any] = {
        "heading": _("Search"),
        "description": _(
            "Search the guidance, the parts of the manual, publications, coordinators, municipalities and counties."
        ),
        "query": asked,
        "shown": format_html("<bdi>{}</bdi>", asked),
        "language_urls": view_urls("search"),
        "found": None,
        "is_cut": False,
        "is_too_short": False,
    }
    if asked and request.page_trail:
        is_enough = sum(map(len, words(asked))) >= MIN_LETTERS
        context |= _answer(request, asked, version) if is_enough else {"is_too_short": True}
    return render(request, "pages/search.html", context)


@lru_cache(maxsize=4)
def top_pages(version: int, language: str) -> tuple[Page, ...]:
    """Return the start page and the pages below it, for header, footer and the places of hits. One query, or none."""
    pages = Page.objects.live().filter(locale__language_code=language, depth__in=(2, 3))
    return tuple(with_exit_button(pages).order_by("path").select_related("content_type", "locale"))


def _answer(request: PageRequest, asked: str, version: int) -> dict[str, Any]:
    language = get_language() or ""
    known = lexicon(version, language)
    parsed = parse_query(asked, known.vocabulary)
    answers = [answer for answering in registered_functions("search_answers") for answer in answering(asked, version)]
    pins = known.pins(asked)
    fetched = candidates(parsed, language)
    found = ranked(fetched.entries, parsed)
    counts = Counter(entry.kind for entry in found)
    kind = request.GET.get(KIND, "")
    kind = kind if kind in counts else ""
    pages = Paginator([entry for entry in found if kind in {"", entry.kind}], HITS_ON_A_PAGE)
    page = pages.get_page(request.GET.get(PAGE))
    is_first = page.number == 1
    hits = read_hits(list(page.object_list), parsed, [] if kind else pins, request.top_pages, is_first=is_first)
    shown = set() if kind else {url for answer in answers for url in answer.urls}
    return {
        "answers": answers if is_first and not kind else [],
        "hits": [hit for hit in hits if hit.url not in shown],
        "found": len(found),
        "is_cut": fetched.is_cut,
        "page_of_hits": page,
        "kinds": _kinds(asked, counts, kind),
        "corrected": parsed.corrected,
        "unknown": format_html_join(", ", "<bdi>{}</bdi>", ((word,) for word in parsed.unknown)),
        "page_links": [(number, _query(asked, kind, number)) for number in pages.page_range],
    }


def _kinds(asked: str, counts: Counter[str], chosen: str) -> list[KindChoice]:
    """Return the kinds that have hits, after all of them; none where there is nothing to choose."""
    if len(counts) < 2:
        return []
    own = [
        KindChoice(str(label), counts[kind], _query(asked, kind), kind == chosen)
        for kind, label in SearchKind.choices
        if counts[kind]
    ]
    return [KindChoice(_("All"), counts.total(), _query(asked), not chosen), *own]


def _query(asked: str, kind: str = "", number: int = 1) -> str:
    values = {QUERY: asked, KIND: kind, PAGE: number if number > 1 else ""}
    return "?" + urlencode({name: value for name, value in values.items() if value})


@cacheable
@cache_control(public=True, no_cache=True)  # asked about each time: what was taken down is not suggested
def titles(request: HttpRequest) -> JsonResponse:
    """Serve what can be found in the active language, as suggestions read it: name, where it is, address."""
    entries = SearchEntry.objects.filter(language=get_language()).select_related("page")
    read = entries.only("kind", "title", "path", "page__title", "page__path", "page__url_path")
    by_kind: dict[str, list[SearchEntry]] = {kind: [] for kind in SearchKind.values}
    for entry in sorted(read, key=lambda entry: (entry.page.path, entry.pk)):
        by_kind[entry.kind].append(entry)
    shares = _shares({kind: len(rows) for kind, rows in by_kind.items()})
    shown = [entry for kind, rows in by_kind.items() for entry in rows[: shares[kind]]]
    places = [{"name": entry.title, "in": entry.suggested_context, "url": entry.url, "also": []} for entry in shown]
    return JsonResponse({"places": places}, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


def _shares(counts: dict[str, int]) -> dict[str, int]:
    """Return how many titles of each kind there is room for: what the small kinds leave is for the large."""
    shares, room = {}, MOST_TITLES
    for done, kind in enumerate(sorted(counts, key=counts.__getitem__)):
        shares[kind] = min(counts[kind], room // (len(counts) - done))
        room -= shares[kind]
    return shares
