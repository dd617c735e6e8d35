"""What templates ask about pages: menu, breadcrumbs, languages, the body with its contents list."""

import json
from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from wagtail.models import Page

from pages.exit_button import ExitButton, exit_button, with_exit_button
from pages.html.headings import Body, linked_headings
from pages.html.links import preloaded_links
from pages.languages import language_codes
from pages.manual.pages.step import read_index
from pages.manual.references import resolve_part_links
from pages.models.base import BasePage
from pages.models.content import HomePage
from pages.render_context import memoize_per_version
from pages.requests import PageRequest
from pages.structured_data import article

register = template.Library()


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
class MenuItem:
    """An entry of the main menu."""

    title: str
    url: str
    is_current: bool


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
    """Return the published pages below the start page, with their types. One query per request."""
    if not hasattr(request, "top_pages"):
        trail = page_trail(request, page)
        request.all_top_pages = memoize_per_version("top pages", lambda: _top_pages(trail[0])) if trail else []
        request.top_pages = [top for top in request.all_top_pages if top.live]
    return request.top_pages


def _top_pages(home: Page) -> list[Page]:
    return list(with_exit_button(home.get_children().select_related("content_type")))


@register.simple_tag(takes_context=True)
def get_main_menu(context: dict[str, Any]) -> dict[str, list[MenuItem]]:
    """Return the sections for the header and what is only in the footer. One query."""
    request, page = context["request"], context.get("page")
    menu: dict[str, list[MenuItem]] = {"main": [], "footer": []}
    on_trail = {above.pk for above in page_trail(request, page)}
    for top in top_pages(request, page):
        menu["main" if top.show_in_menus else "footer"].append(MenuItem(top.title, top.url, top.pk in on_trail))
    return menu


@register.simple_tag(takes_context=True)
def get_breadcrumbs(context: dict[str, Any]) -> list[MenuItem]:
    """Return the pages from the start page to this one, above what it shows below itself (a county, an actor, a list).

    A page that shows itself leaves out the last.
    """
    above = [*page_trail(context["request"], context.get("page")), *context.get("between", ())]
    return [MenuItem(crumb.title, crumb.url, is_current=False) for crumb in above]


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
def absolute_url(context: dict[str, Any], path: str) -> str:
    """Return the full public address of a path on this site."""
    return settings.SITE_URL + path


@register.simple_tag
def get_article(page: BasePage) -> dict[str, Any]:
    """Return what search engines are told of a text."""
    return article(page)


@register.simple_tag
def ld_json(data: dict[str, Any]) -> SafeString:
    """Write structured data as a data block, which no browser runs."""
    text = json.dumps(data, ensure_ascii=False).translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"})
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308  (no tag left)


@register.simple_tag(takes_context=True)
def get_exit_button(context: dict[str, Any]) -> ExitButton | None:
    """Return the button that leaves the site, on pages that have it. No query beside the menu's.

    Views outside the page tree give the address of the page that they are about as `section_path`.
    """
    request = context["request"]
    published = top_pages(request, context.get("page"))
    # The search reads only what is published, and lies in no section.
    return exit_button(context.get("section_path") or request.path, getattr(request, "all_top_pages", published))


@register.simple_tag(takes_context=True)
def render_body(context: template.Context, page: BasePage) -> Body:
    """Return the page's body as HTML whose headings can be linked to, and its contents list."""
    with preloaded_links(page.link_targets):
        return linked_headings(resolve_part_links(page.body.render_as_block(context.flatten()), read_index))
