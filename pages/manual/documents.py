"""The parts and actors of the manual as documents of the search."""

from typing import Any

from django.utils.text import capfirst
from wagtail.blocks import StreamValue

from pages.html.plain_text import text_lines
from pages.manual.content import content_of, plain_text
from pages.manual.models.actors import Actor
from pages.manual.models.parts import anchor, part_code
from pages.search.documents import PART, SearchDocument, SearchKind


def part_document(part: StreamValue.StreamChild, page: Any) -> SearchDocument:
    """Return a part of a step as what readers find; it leads to its place on the page."""
    _heading, *lines = plain_text(content_of(part) | {"footnotes": []}).split("\n")
    return SearchDocument(
        SearchKind.MANUAL,
        part.value["heading"],
        text="\n".join(lines),
        context=page.title,
        hidden="\n".join(line for note in part.value["footnotes"] for line in text_lines(str(note))),
        path=f"#{anchor(part_code(part.id))}",
        date=page.updated_on,
        boost=PART,
    )


def actor_document(actor: Actor, page: Any) -> SearchDocument:
    """Return an actor as what readers find; it leads to the actor's page below that of all actors."""
    return SearchDocument(
        SearchKind.MANUAL,
        capfirst(actor.name),
        actor.summary,
        context=page.title,
        path=f"{actor.slug}/",
        date=page.updated_on,
    )
