"""The parts of a step as HTML: references written out, footnotes marked, terms and headings linked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from pages.html.headings import linked_headings
from pages.html.links import preloaded_links
from pages.manual.audience import Role
from pages.manual.changes import ChangedParts
from pages.manual.glossary import Glossary
from pages.manual.index import NumberedPart
from pages.manual.references import NOTE_MARK, resolve_part_links

NO_GLOSSARY = Glossary({})


@dataclass(frozen=True, slots=True)
class RenderedPart:
    """A part as its page shows it; `html` is its body with footnotes."""

    part: NumberedPart
    html: SafeString
    is_folded: bool = False  # it does not concern the reader
    changed_since: date | None = None  # the day that the reader asked about


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
            html = linked_headings(glossary.linked(_mark_notes(html, part)), taken).html
            is_folded = not role.is_concerned_by(part.block.value)
            day = changed.day if changed and part.code in changed.codes else None
            rendered.append(RenderedPart(part, html, is_folded, day))
    return rendered


def _mark_notes(html: str, part: NumberedPart) -> SafeString:
    """Link each [^1] to its footnote, which leads back to the first mark of it."""
    marked: set[str] = set()

    def mark(match: re.Match[str]) -> str:
        note = match[1]
        own_id = "" if note in marked else format_html(' id="{}-mark-{}"', part.anchor, note)
        marked.add(note)
        label = _("Footnote %(number)s") % {"number": note}
        return format_html(
            '<sup><a class="footnotes__mark" href="#{}-note-{}"{} aria-label="{}">{}</a></sup>',
            part.anchor,
            note,
            own_id,
            label,
            note,
        )

    return mark_safe(NOTE_MARK.sub(mark, html))  # noqa: S308  (rendered HTML)
