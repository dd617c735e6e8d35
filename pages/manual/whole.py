"""The whole manual on one page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString
from wagtail.models import Page

from pages.html.headings import lowered
from pages.manual.changes import ChangedParts
from pages.manual.glossary import read_glossary
from pages.manual.index import ManualIndex
from pages.manual.models.terms import GlossaryTerm
from pages.manual.rendering import RenderedPart, rendered_body, rendered_parts

TERM_LINK = re.compile(r'<a class="term" href="#([^"]+)">')


@dataclass(frozen=True, slots=True)
class WholeStep:
    """A step with everything in it, its headings one level below those of its own page."""

    step: Page
    number: int
    intro: SafeString
    parts: list[RenderedPart]


def whole_manual(
    manual: Any,
    published: Sequence[Any],
    index: ManualIndex,
    request: HttpRequest,
    changed: ChangedParts | None = None,
    *,
    has_icons: bool = False,
) -> dict[str, Any]:
    """Return what the templates of the whole manual show: its page, its published steps; `changed` parts are marked.

    `has_icons` where it is a page of the site: a file has no sprite.

    Terms lead to their definitions at its end. Queries grow with the steps, not with the parts.
    """
    glossary = read_glossary().on_this_page()
    taken = {"words", *(f"step-{number}" for number in range(1, len(published) + 1))}
    context = {"request": request, "is_paper": True, "changed": changed, "has_icons": has_icons}
    about = rendered_body(manual, context | {"page": manual, "heading_level": 2}, lambda: index, taken=taken).html
    steps: list[WholeStep] = []
    for number, step in enumerate(published, start=1):
        step.index = index
        if steps:
            step.actors = steps[0].step.actors
        of_step = context | {"page": step, "heading_level": 3}
        intro = rendered_body(step, of_step, lambda: index, taken=taken, notes=f"step-{number}-").html
        parts = [
            replace(rendered, html=lowered(rendered.html))
            for rendered in rendered_parts(step, of_step, taken=taken, glossary=glossary)
        ]
        steps.append(WholeStep(step, number, lowered(intro), parts))
    linked = set(TERM_LINK.findall("".join(rendered.html for item in steps for rendered in item.parts)))
    terms = [term for term in GlossaryTerm.objects.in_order() if term.anchor in linked] if linked else []
    return {
        "page": manual,
        "request": request,
        "about": about,
        "steps": steps,
        "terms": terms,
        "site": settings.SITE_URL,
    }
