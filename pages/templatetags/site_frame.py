"""What frames a text: who is behind the site, the section that the page belongs to, notices, the way out."""

from typing import Any

from django import template
from django.utils import timezone

from pages.html.links import url_of
from pages.manual.pages.manual import ManualPage
from pages.menus import MenuItem, Section
from pages.models.content import is_section, section_pages
from pages.models.site_notice import NoticesInTime, SiteNotice
from pages.site_frame import Sender, exit_button, has_notices, sender
from pages.templatetags.pages import page_trail, top_pages

register = template.Library()


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
    """Return the pages of the section that a page belongs to, or of the manual, for what lies below that too.

    None elsewhere. One query per section and version.
    """
    request, page = context["request"], context["page"]
    sections = {top.pk for top in top_pages(request, page) if is_section(top)}
    around = page_trail(request, page)[-2 : None if isinstance(page, ManualPage) else -1]
    section = next((above for above in around if above.pk in sections), None)
    if section is None:
        return None
    pages = section_pages(section)
    return Section(section.title, [MenuItem(each.title, url_of(each), each.pk == page.pk) for each in pages])


@register.simple_tag(takes_context=True)
def get_exit_button(context: dict[str, Any]) -> str:
    """Return where the button leads that leaves the site; "" on pages that do not have it. No query beside the menu's.

    Views outside the page tree give the address of the page that they are about as `section_path`.
    """
    request = context["request"]
    published = top_pages(request, context.get("page"))
    # The search reads only what is published, and lies in no section.
    return exit_button(context.get("section_path") or request.path, getattr(request, "all_top_pages", published))
