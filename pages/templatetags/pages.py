"""What templates ask about pages: menu, breadcrumbs, languages, the body with its contents list."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page

from pages.datetimes import date_and_time
from pages.html.headings import Body, linked_headings
from pages.html.links import url_of
from pages.languages import language_codes
from pages.manual.pages.step import read_index
from pages.manual.rendering import rendered_body
from pages.menus import MenuItem
from pages.models.base import BasePage
from pages.models.content import HomePage, all_top_pages
from pages.render_context import memoize_per_version
from pages.requests import PageRequest
from pages.site_frame import Sender
from pages.structured_data import article

register = template.Library()
register.filter(date_and_time)


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The way to this page in a language; `url` is None where it is not translated."""

    code: str
    name: str
    url: str | None
    is_current: bool
    is_default: bool
    query: str  # what the reader chose on this page goes along


@dataclass(frozen=True, slots=True)
class MainMenu:
    """The sections for the header, and what is only in the footer; `current` is the key of the section being read."""

    main: list[MenuItem]
    footer: list[MenuItem]
    current: int | None


@register.simple_tag
def is_demonstration() -> bool:
    """Tell whether the site must say that it is not the agency's."""
    return not settings.SITE_LIVE


def page_trail(request: PageRequest, page: Page | None) -> list[Page]:
    """Return the pages from the start page to this one; the start page alone where there is no page."""
    if hasattr(request, "page_trail"):
        return request.page_trail
    if page:
        return list(page.get_ancestors(inclusive=True).filter(depth__gte=2))
    home = HomePage.for_active_language()
    request.page_trail = [home] if home else []
    return request.page_trail


@register.simple_tag(takes_context=True)
def get_home(context: dict[str, Any]) -> Page | None:
    """Return the start page in the language of this page. No query on a page."""
    trail = page_trail(context["request"], context.get("page"))
    return trail[0] if trail else None


def top_pages(request: PageRequest, page: Page | None) -> list[Page]:
    """Return the published pages below the start page, with their types. One query, none where a page was found."""
    if not hasattr(request, "top_pages"):
        if not hasattr(request, "all_top_pages"):
            trail = page_trail(request, page)
            request.all_top_pages = all_top_pages(trail[0]) if trail else []
        request.top_pages = [top for top in request.all_top_pages if top.live]
    return request.top_pages


@register.simple_tag(takes_context=True)
def get_main_menu(context: dict[str, Any]) -> MainMenu:
    """Return the published sections, read once per request. One query."""
    request, page = context["request"], context.get("page")
    if not hasattr(request, "main_menu"):
        on_trail = {above.pk for above in page_trail(request, page)}
        pages = top_pages(request, page)
        current = next((top.pk for top in pages if top.pk in on_trail), None)
        request.main_menu = memoize_per_version(f"main menu {current}", lambda: _main_menu(pages, current))
    return request.main_menu


def _main_menu(pages: list[Page], current: int | None) -> MainMenu:
    main: list[MenuItem] = []
    footer: list[MenuItem] = []
    for top in pages:
        (main if top.show_in_menus else footer).append(MenuItem(top.title, top.url, top.pk == current))
    return MainMenu(main, footer, current)


@register.simple_tag(takes_context=True)
def get_breadcrumbs(context: dict[str, Any]) -> list[MenuItem]:
    """Return the pages from the start page to this one, above what it shows below itself (a county, an actor, a list).

    A page that shows itself leaves out the last.
    """
    above = [(page.title, url_of(page)) for page in page_trail(context["request"], context.get("page"))]
    between = [(crumb.title, crumb.url) for crumb in context.get("between", ())]
    return [MenuItem(title, url, is_current=False) for title, url in above + between]


@register.simple_tag(takes_context=True)
def get_language_links(context: dict[str, Any]) -> list[LanguageLink]:
    """Return a link to this page in each language. One query on a page of the tree; views give `language_urls`."""
    page = context.get("page")
    urls = page.language_urls(context["request"]) if isinstance(page, BasePage) else context.get("language_urls", {})
    current = get_language()
    query = context["role"].query if "role" in context else context.get("kept_query", "")
    return [
        LanguageLink(
            code,
            get_language_info(code)["name_local"].capitalize(),
            urls.get(code),
            is_current=code == current,
            is_default=code == settings.LANGUAGE_CODE,
            query=query,
        )
        for code in language_codes()
    ]


@register.simple_tag(takes_context=True)
def get_shown_path(context: dict[str, Any]) -> str:
    """Return the path that a page says it has; a view whose address is a secret names another as `shown_path`."""
    return getattr(context["request"], "shown_path", context["request"].path)


@register.simple_tag(takes_context=True)
def absolute_url(context: dict[str, Any], path: str) -> str:
    """Return the full public address of a path on this site."""
    return urljoin(settings.SITE_URL, path)  # uploads may lie elsewhere


@register.simple_tag
def get_article(page: BasePage, sender: Sender) -> dict[str, Any]:
    """Return what search engines are told of a text."""
    return article(page, sender)


@register.simple_tag
def ld_json(data: dict[str, Any]) -> SafeString:
    """Write structured data as a data block, which no browser runs."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(
        {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
    )
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308  (no tag left)


@register.simple_tag
def render_statement(page: BasePage) -> Body:
    """Return what the law demands of an accessibility statement, with its headings; the own text stands above."""
    return linked_headings(render_to_string("components/statement.html", {"page": page}))


@register.simple_tag(takes_context=True)
def render_body(context: template.Context, page: BasePage) -> Body:
    """Return the page's body with its footnotes as HTML whose headings can be linked to, and its contents list."""
    around = {str(name): value for name, value in context.flatten().items()}
    return rendered_body(page, around, read_index)
