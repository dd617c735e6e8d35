"""Links to pages in rich text and blocks: never to a page that readers cannot open, and cheap.

A link holds a page's id. It leads to that page in the language being read, where it is published
in it; else to the page itself, or to its original in the default language; and where none of them
is published, it is plain text.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from wagtail.blocks import StreamValue
from wagtail.models import Page

from pages.languages import language_codes
from pages.render_context import memoize_per_version, reading_once

# The ids in a body as stored: <a id="5" linktype="page"> in rich text, "page": 5 in blocks of links.
TEXT_LINK = re.compile(r"<a [^>]*linktype=.{0,2}page[^>]*>")
LINK_ID = re.compile(r'\bid=\\?"(\d+)')
BLOCK_LINK = re.compile(r'"page": (\d+)')

_preloaded: ContextVar[Mapping[int, Page | None]] = ContextVar("preloaded")


def address_of(url_path: str) -> str:
    """Return the address of a page by the path that is stored for it. No query."""
    return Page(pk=-1, url_path=url_path).url  # without a key, Wagtail reads the content type of a new page


def url_of(page: Page) -> str:
    """Return the address of a stored page; builds of a version of the site find it once."""
    return memoize_per_version(f"address of {page.url_path}", lambda: page.url)


def linked_pages(ids: Iterable[int]) -> dict[int, Page | None]:
    """Return the page that a link to each id leads to, None where there is none. One query, none for known ones."""
    wanted = set(ids)
    known: dict[int, Page | None] = memoize_per_version("linked pages", dict)
    if missing := wanted - known.keys():
        known |= _linked_pages(missing)
    return {page_id: known[page_id] for page_id in wanted}


def _linked_pages(wanted: set[int]) -> dict[int, Page | None]:
    keys = Page.objects.filter(pk__in=wanted).values("translation_key")
    translations = Page.objects.filter(translation_key__in=keys).select_related("locale")
    by_language = {(page.translation_key, page.locale.language_code): page for page in translations if page.live}
    pages: dict[int, Page | None] = dict.fromkeys(wanted)
    for page in translations:
        if page.pk in wanted:
            original = by_language.get((page.translation_key, settings.LANGUAGE_CODE))
            own = page if page.live else original
            pages[page.pk] = by_language.get((page.translation_key, get_language()), own)
    return pages


def view_urls(name: str, *args: object) -> dict[str, str]:
    """Return the address of a view outside the page tree in each language."""
    urls = {}
    for code in language_codes():
        with translation.override(code):
            urls[code] = reverse(name, args=args)
    return urls


class Crumb(NamedTuple):
    """What the breadcrumbs show that is no page of the tree."""

    title: str
    url: str


def urls_below(urls: Mapping[str, str], path: Callable[[], str]) -> dict[str, str]:
    """Add to the address in each language, by language code, a path as it is written in that language."""
    below = {}
    for code, url in urls.items():
        with translation.override(code):
            below[code] = url + path()
    return below


def linked_page(page_id: int) -> Page | None:
    """Return the page that a link leads to; no query while its links are preloaded."""
    preloaded = _preloaded.get({})
    return preloaded[page_id] if page_id in preloaded else linked_pages([page_id])[page_id]


def are_links_preloaded() -> bool:
    """Tell whether where links lead is known, as while a text is rendered."""
    return _preloaded.get(None) is not None


def targets_of(texts: Iterable[StreamValue]) -> dict[int, Page | None]:
    """Return the pages that all links in texts lead to. One query, none without links."""
    ids = page_ids(json.dumps([list(text.raw_data) for text in texts]))
    return linked_pages(ids) if ids else {}


def page_ids(stored: str) -> set[int]:
    """Return the ids of the pages that a text links to: of a rich text, or of blocks as JSON."""
    in_text = (int(match[1]) for tag in TEXT_LINK.findall(stored) if (match := LINK_ID.search(tag)))
    return {*in_text, *map(int, BLOCK_LINK.findall(stored))}


@contextmanager
def preloaded_links(targets: Mapping[int, Page | None]) -> Iterator[None]:
    """Know where links lead while texts are rendered, instead of asking block by block."""
    token = _preloaded.set(targets)
    try:
        with reading_once():
            yield
    finally:
        _preloaded.reset(token)
