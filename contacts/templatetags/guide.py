"""The guide in templates: the way to it, whom a result says to call, and what to read."""

from typing import Any

from django import template
from wagtail.models import Page

from contacts.guide.calls import Calls, calls_of
from contacts.guide.figure import Figure
from contacts.guide.graph import Result
from contacts.guide.page import FLOW_CHART
from contacts.models import County, GuidePage, Municipality
from contacts.numbers import support_services
from contacts.search import register_at
from contacts.templatetags.contacts import get_office
from pages.manual.index import IndexedPart, replacement_of
from pages.manual.pages.step import read_index
from pages.models import ManualPart
from pages.models.site_version import site_version
from pages.render_context import memoize_per_version
from pages.templatetags.pages import top_pages

register = template.Library()
register.filter("figure", lambda page: Figure.of(page.graph))


@register.simple_tag(takes_context=True)
def get_guide(context: dict[str, Any]) -> Page | None:
    """Return the published guide in the language of the page, without its own fields. No query beside the menu's."""
    pages = top_pages(context["request"], context.get("page"))
    return next((page for page in pages if page.content_type.model_class() is GuidePage), None)


@register.simple_tag(takes_context=True)
def get_calls(context: dict[str, Any], result: Result, place: County | Municipality | None) -> Calls:
    """Return whom a result says to call, for a place or none. No query for a place once its version is known."""
    coordinators = []
    if place:
        county = place.code if isinstance(place, County) else place.county_id
        coordinators = register_at(memoize_per_version("version", site_version)).coordinators.get(county, [])
    return calls_of(result, get_office(context), place, coordinators, support_services())


@register.simple_tag
def get_parts_to_read(result: Result) -> list[IndexedPart]:
    """Return the parts that a result leads to; what replaces one that is gone. One query for each that is."""
    index = read_index()
    found = []
    for code in result.parts:
        gone = None if index.part(code) else ManualPart.objects.filter(code=code).first()
        found.append(replacement_of(gone, index) if gone else index.part(code))
    return [part for part in found if part]


@register.simple_tag
def get_flow_chart_url(guide: Page) -> str:
    """Return the address of the whole guide as a figure. No query."""
    return str(guide.url) + GuidePage.get_resolver().reverse(FLOW_CHART)
