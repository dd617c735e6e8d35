"""What the admin asks about links before something goes."""

from typing import Any

from django import template
from django.db.models import Model

from pages.links.usage import LinkingThing, links_to

register = template.Library()


# What Wagtail's views call it, on a page about one and in a list of chosen ones.
NAMES = ("page", "snippet", "image", "document", "object")


@register.simple_tag(takes_context=True)
def get_links_to_going(context: dict[str, Any]) -> list[LinkingThing] | None:
    """Return what links to the page or row that Wagtail's view asks about; None where it is about something else."""
    found = (context.get(name) for name in NAMES)
    things = (each.get("item") if isinstance(each, dict) else each for each in found)
    thing = next((each for each in things if isinstance(each, Model)), None)
    return links_to([thing], context["request"].user) if thing else None
