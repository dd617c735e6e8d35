"""Texts as readers see them: references written out, footnotes marked, headings and, in parts, terms linked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from pages.html.footnotes import linked_marks
from pages.html.headings import Body, linked_headings
from pages.html.links import preloaded_links
from pages.manual.audience import Role
from pages.manual.changes import ChangedParts
from pages.manual.glossary import Glossary
from pages.manual.index import ManualIndex, NumberedPart
from pages.manual.references import resolve_part_links

NO_GLOSSARY = Glossary({})
PAGE_NOTES = "page-"  # before the ids of a page's own notes: with it they have two hyphens, as no heading's has


@dataclass(frozen=True, slots=True)
class RenderedPart:
    """A part as its page shows it; `html` is its body with footnotes."""

    part: NumberedPart
    html: SafeString
    is_folded: bool = False  # it does not concern the reader
    changed_since: date | None = None  # the day that the reader asked about


def rendered_body(
    page: Any,
    context: Mapping[str, Any],
    index: Callable[[], ManualIndex],
    *,
    taken: set[str] | None = None,
    notes: str = PAGE_NOTES,
) -> Body:
    """Return the body of a page with its footnotes; `taken` as for `rendered_parts`.

    `index` is called where there are references to parts, and `notes` begins the ids of the footnotes.
    """
    with preloaded_links(page.link_targets):
        html = resolve_part_links(page.render_text(context, notes), index)
    return linked_headings(linked_marks(html, notes), taken)


def rendered_parts(
    page: Any,
    context: Mapping[str, Any],
    *,
    taken: set[str] | None = None,
    heading_level: int = 3,
    glossary: Glossary = NO_GLOSSARY,
) -> list[RenderedPart]:
    """Return the parts of a page with `numbered_parts`; `heading_level` is that of the highest heading inside a part.

    `taken` are the ids of headings that the page has already; those given here are added. In the
    context, a `role` folds what does not concern it and goes along with the references, and `changed`
    are the `ChangedParts` to mark.
    """
    around = {**context, "heading_level": heading_level}
    role: Role = around.get("role", Role())
    changed: ChangedParts | None = around.get("changed")
    taken = set() if taken is None else taken
    rendered = []
    with preloaded_links(page.link_targets):
        for part in page.numbered_parts:
            html = part.block.render(around | {"part_anchor": part.anchor})
            html = resolve_part_links(html, lambda: page.index, role.query)
            html = linked_headings(glossary.linked(linked_marks(html, part.anchor)), taken).html
            is_folded = not role.is_concerned_by(part.block.value)
            day = changed.day if changed and part.code in changed.codes else None
            rendered.append(RenderedPart(part, html, is_folded, day))
    return rendered
