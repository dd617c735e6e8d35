"""What search engines are told about: every published page in every language, in parts small enough to be cached.

Without the date of the latest change, which stays the same when a page is taken down.
"""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps.views import SitemapIndexItem, x_robots_tag
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from wagtail.models import Locale, Page

from pages.models.in_languages import served_pages, translations_of
from pages.page_cache.rules import cacheable

PAGES_IN_A_PART = 1_000  # about 250 kB
XML = "application/xml"


@cacheable
@x_robots_tag
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Say where the parts are, at the public address."""
    addresses = [settings.SITE_URL + reverse("sitemap_part", args=[number]) for number in _parts().page_range]
    return render(request, "sitemap_index.xml", {"sitemaps": map(SitemapIndexItem, addresses)}, content_type=XML)


@cacheable
@x_robots_tag
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """Show one part; 404 where there are not as many."""
    try:
        pages = list(_parts().page(number))
    except InvalidPage as error:
        raise Http404 from error
    return render(request, "sitemap.xml", {"urlset": _addresses(pages, request)}, content_type=XML)


def _parts() -> Paginator[Page]:
    """Return the pages of all languages' trees; Wagtail's own sitemap holds those below the site's root page alone."""
    pages = served_pages().filter(depth__gt=1).order_by("path").defer_streamfields().specific()
    return Paginator(pages, PAGES_IN_A_PART)


def _addresses(pages: list[Any], request: HttpRequest) -> list[dict[str, Any]]:
    """Return every address of some pages. As many queries for many: each is told its translations."""
    locales = Locale.objects.in_bulk()
    together = translations_of([page.translation_key for page in pages])
    for page in pages:
        page.locale = locales[page.locale_id]
        page.live_translations = together[page.translation_key]
    return [entry for page in pages for entry in page.get_sitemap_urls(request)]
