"""The search page. What readers search for is neither stored nor logged."""

from collections import Counter
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from pages.html.links import view_urls
from pages.models.site_version import site_version
from pages.registry import registered_functions
from pages.requests import SEARCH, PageRequest
from pages.search.documents import SearchKind
from pages.search.finding import find
from pages.search.hits import linked_hits, read_hits
from pages.search.query import MAX_QUERY_LENGTH
from pages.search.words import words
from pages.site_frame import with_site_settings

QUERY, KIND, PAGE = SEARCH
MIN_LETTERS = 2
HITS_ON_A_PAGE = 10


def search(request: PageRequest) -> HttpResponse:
    """Answer `?q=`, with `kind` and `page` where they are given. Eight queries, once what is known is in memory."""
    asked = clean(request.GET.get(QUERY, ""))
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
        "is_too_short": False,
    }
    if asked and request.page_trail:
        is_enough = sum(map(len, words(asked))) >= MIN_LETTERS
        context |= _answer(request, asked, version) if is_enough else {"is_too_short": True}
    return render(request, "pages/search.html", context)


def clean(query: str) -> str:
    """Return as much of a query as is read, without what cannot be printed."""
    return "".join(filter(str.isprintable, query))[:MAX_QUERY_LENGTH].strip()


@lru_cache(maxsize=4)
def top_pages(version: int, language: str) -> tuple[Page, ...]:
    """Return the start page and the pages below it, for header, footer and the places of hits. One query, or none."""
    pages = Page.objects.live().filter(locale__language_code=language, depth__in=(2, 3))
    return tuple(with_site_settings(pages).order_by("path").select_related("content_type", "locale"))


def _answer(request: PageRequest, asked: str, version: int) -> dict[str, Any]:
    answers = [answer for answering in registered_functions("search_answers") for answer in answering(asked, version)]
    finding = find(asked, version, get_language() or "")
    counts = finding.counts
    kind = request.GET.get(KIND) if request.GET.get(KIND) in counts else None
    entries = [] if answers and finding.is_guess else finding.entries
    pages = Paginator([entry for entry in entries if kind in {None, entry.kind}], HITS_ON_A_PAGE)
    page = pages.get_page(request.GET.get(PAGE))
    is_beginning = page.number == 1 and not kind
    hits = read_hits(page.object_list, finding, request.top_pages)
    shown = set() if kind else {url for answer in answers for url in answer.urls}
    corrected = finding.parsed.corrected
    return {
        "answers": answers if is_beginning else [],
        "hits": [*(linked_hits(finding) if is_beginning else []), *(hit for hit in hits if hit.url not in shown)],
        "is_guess": finding.is_guess,
        "found": counts.total(),
        "page_of_hits": page,
        "page_numbers": pages.get_elided_page_range(page.number),
        "kind": kind,
        "kinds": _kinds(counts) if len(counts) > 1 else [],
        "meant": format_html('<a href="?{}"><bdi>{}</bdi></a>', urlencode({QUERY: corrected}), corrected)
        if corrected
        else "",
        "unknown": format_html_join(", ", "<bdi>{}</bdi>", ((word,) for word in finding.parsed.unknown)),
    }


def _kinds(counts: Counter[str]) -> list[tuple[str | None, Any, int]]:
    """Return the kinds that have hits, with their names and numbers, after all of them."""
    found = [(kind, counts[kind]) for kind in SearchKind if counts[kind]]
    own = [(kind.value, kind.singular if count == 1 else kind.label, count) for kind, count in found]
    return [(None, _("All"), counts.total()), *own]
