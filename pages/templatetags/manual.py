"""The manual in templates: its parts rendered, their permanent addresses, comparisons."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import template

from pages.html.comparison import comparison
from pages.html.headings import Body, lowered
from pages.manual.changes import changed_parts
from pages.manual.citations import citation, current_version
from pages.manual.glossary import Glossary, read_glossary
from pages.manual.index import GatheredStep, gathered
from pages.manual.pages.actors import ActorsPage
from pages.manual.pages.step import ManualStepPage
from pages.manual.references import part_address
from pages.manual.rendering import RenderedPart, rendered_parts

register = template.Library()
register.simple_tag(part_address)
register.simple_tag(comparison)
register.simple_tag(current_version)
register.simple_tag(citation)


@register.filter
def at(words: Mapping[int, str], key: int) -> str:
    """Return what stands at a key, "" where nothing does."""
    return words.get(key, "")


@register.simple_tag(takes_context=True)
def render_parts(context: template.Context, page: ManualStepPage, body: Body) -> list[RenderedPart]:
    """Return the parts of a step below its `body`, rendered in this template's context."""
    around = _names(context)
    # What is kept of a page must not change with the glossary.
    glossary = Glossary({}) if around.get("is_snapshot") else read_glossary()
    return rendered_parts(page, around, taken={heading.id for heading in body.headings}, glossary=glossary)


@register.simple_tag(takes_context=True)
def render_gathered_parts(context: template.Context, page: ActorsPage) -> list[GatheredStep[RenderedPart]]:
    """Return every step with its parts that concern an actor, a level lower than there: below headings for steps."""
    around = _names(context)
    around |= {"is_gathered": True, "changed": changed_parts(around["request"].GET, page.locale_id)}
    steps = page.index.beside(page)
    taken = {step.slug for step in steps}  # the ids of the headings of steps
    rendered = rendered_parts(page, around, taken=taken, glossary=read_glossary())
    return gathered(steps, ((each.part.step, replace(each, html=lowered(each.html))) for each in rendered))


def _names(context: template.Context) -> dict[str, Any]:
    return {str(name): value for name, value in context.flatten().items()}
