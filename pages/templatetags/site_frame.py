"""What frames a text: who is behind the site, the section that the page belongs to, notices, the way out."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils import timezone

from pages.models.content import SectionPage
from pages.models.site_notice import NoticesInTime, SiteNotice
from pages.render_context import memoize_per_version
from pages.site_frame import Sender, exit_button, has_notices, sender
from pages.templatetags.pages import MenuItem, page_trail, top_pages

register = template.Library()


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its pages, in menu order."""

    title: str
    pages: list[MenuItem]


@register.simple_tag(takes_context=True)
def get_sender(context: dict[str, Any]) -> Sender:
    """Return who is behind the site. No query beside the menu's."""
    top_pages(context["request"], context.get("page"))
    return sender(getattr(context["request"], "all_top_pages", context["request"].top_pages))


@register.simple_tag(takes_context=True)
def get_site_notices(context: dict[str, Any]) -> NoticesInTime:
    """Return what all readers are told now. One query per version, none where there is nothing to tell."""
    published = top_pages(context["request"], context.get("page"))
    sections = getattr(context["request"], "all_top_pages", published)
    return SiteNotice.in_time() if has_notices(sections) else NoticesInTime.at(timezone.now(), [])


@register.simple_tag(takes_context=True)
def get_parent_title(context: dict[str, Any]) -> str:
    """Return the title of the page above this one. No query on a page."""
    return page_trail(context["request"], context.get("page"))[-2].title


@register.simple_tag(takes_context=True)
def get_section(context: dict[str, Any]) -> Section | None:
    """Return the pages of the section that a page belongs to; None outside one. One query per section and version."""
    request, page = context["request"], context["page"]
    parent = page_trail(request, page)[-2:-1]
    sections = {top.pk for top in top_pages(request, page) if top.content_type.model == SectionPage._meta.model_name}
    if not parent or parent[0].pk not in sections:
        return None
    siblings = memoize_per_version(f"section {parent[0].pk}", lambda: list(parent[0].get_children().live()))
    return Section(parent[0].title, [MenuItem(each.title, each.url, each.pk == page.pk) for each in siblings])


@register.simple_tag(takes_context=True)
def get_exit_button(context: dict[str, Any]) -> str:
    """Return where the button leads that leaves the site; "" on pages that do not have it. No query beside the menu's.

    Views outside the page tree give the address of the page that they are about as `section_path`.
    """
    request = context["request"]
    published = top_pages(request, context.get("page"))
    # The search reads only what is published, and lies in no section.
    return exit_button(context.get("section_path") or request.path, getattr(request, "all_top_pages", published))
