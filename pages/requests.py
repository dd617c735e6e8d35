"""Requests of pages: the query parameters they may have, the attributes they carry, and how views answer."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import ResolverMatch
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.url_routing import RouteResult

# The query parameters that pages read; everything else in a query string is ignored. One list, so that
# the page cache can tell addresses apart without asking the pages.
LOOKUP = "q"  # of the contacts page, and the words of the list of publications
ROLE = ("actor", "person", "permit")  # of a step of the manual
CHANGES = ("year", "since")  # of what changed in the manual
SEARCH = ("q", "kind", "page")  # of the search page
PLACE = "place"  # of the guide: a code; what is answered for one is never stored
RESOURCE_FILTERS = ("topic", "kind", "audience", "language")  # of the list of publications
PAGE_NUMBER = "p"

DECLARED = frozenset({LOOKUP, PLACE, *ROLE, *CHANGES, *SEARCH, *RESOURCE_FILTERS, PAGE_NUMBER})

# Those whose values are few: the page cache stores a response for each choice of them. The others go to Django.
CACHED_PARAMETERS = (*ROLE, CHANGES[0])


class PageRequest(HttpRequest):
    """The attributes that routing and templates leave on a request for each other.

    Never made: Django's own request gets them, and this class names them for readers and mypy.
    """

    page_trail: list[Page]  # from the start page to the page asked for
    top_pages: list[Page]  # what the menu shows
    all_top_pages: list[Page]  # with those that are not published
    shown_path: str  # instead of the address, where that is a secret
    routable_resolver_match: ResolverMatch  # Wagtail's, on pages with addresses below them
    _wagtail_route_for_request: RouteResult  # Wagtail's, where it looks before it routes itself


def read_only(view: Callable[..., Any]) -> Callable[..., Any]:
    """Answer 405 to every method but GET and HEAD; the protection of forms would answer 403 before.

    `methods` tells so to the middleware that refuses other methods everywhere.
    """
    reading = csrf_exempt(require_safe(view))
    reading.methods = ("GET", "HEAD")  # type: ignore[attr-defined]
    return reading


# The editor's preview stands in a frame of the admin, and carries the content checker's script.
framed_by_the_admin = method_decorator([csp_override(settings.ADMIN_CSP), xframe_options_sameorigin])
