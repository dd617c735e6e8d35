"""What a part of the manual says, as it is stored and as text, and whether that has changed."""

import re
from functools import cache
from typing import Any

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from pages.html.footnotes import without_marks
from pages.html.plain_text import text_lines
from pages.manual.audience import concerned
from pages.manual.blocks import PartBlock
from pages.manual.models.actors import Actor

NOTE_FIELDS = {"change_note", "is_minor_edit"}  # about the change, not of the part
CHOICES = ("actors", "ages", "permits")  # their order says nothing
# Numbers and addresses for mail are in the text already.
PLACE_LINK = re.compile(r'<a [^>]*href="(?P<address>(?:https?:/)?/[^"]+)"[^>]*>.*?</a>', re.DOTALL)
BETWEEN_BLOCKS = re.compile(r">\s*\n\s*<")


def content_of(part: StreamValue.StreamChild) -> dict[str, Any]:
    """Return the value of a part as it is stored, without the note about its change."""
    return _without_note(part.get_prep_value()["value"])


def has_changed(part: StreamValue.StreamChild, published: dict[str, Any]) -> bool:
    """Tell whether readers would find another part than the published content.

    The published content is read by today's block first: a field that came later has its default.
    """
    before = _without_note(part.block.get_prep_value(part.block.to_python(published)))
    content = content_of(part)
    return content != before and _comparable(content) != _comparable(before)


def _without_note(value: dict[str, Any]) -> dict[str, Any]:
    return {name: value[name] for name in sorted(value.keys() - NOTE_FIELDS)}


def _comparable(content: dict[str, Any]) -> Any:
    return _as_shown(content | {name: sorted(content[name]) for name in CHOICES})


def _as_shown(value: Any) -> Any:
    """Leave out what the editor's form changes by itself: ids of blocks, keys and attributes' order in rich text."""
    if isinstance(value, dict):
        return {name: _as_shown(inner) for name, inner in value.items() if name != "id"}
    if isinstance(value, list):
        return [_as_shown(inner) for inner in value]
    return _plain_html(value) if isinstance(value, str) and "<" in value else value


def _plain_html(html: str) -> str:
    soup = BeautifulSoup(BETWEEN_BLOCKS.sub("><", html), "html.parser")
    for tag in soup.find_all(True):
        tag.attrs = {name: tag[name] for name in sorted(tag.attrs) if name != "data-block-key"}
    return str(soup)


def plain_text(content: dict[str, Any]) -> str:
    """Return the text of a part's content as stored, with its footnotes; what other apps show in it is left out."""
    return "\n".join([content["heading"], *text_lines(without_marks(_html(content)))])


def compared_text(content: dict[str, Any]) -> str:
    """Return the text of a part with whom it is for and where its links lead, in the active language. One query."""
    concerns = " · ".join(map(str, concerned(_part_block().to_python(content), list(Actor.objects.all()))))
    html = PLACE_LINK.sub(r"\g<0> (\g<address>)", _html(content))
    lines = [_("Concerns: %(concerns)s") % {"concerns": concerns}] if concerns else []
    return "\n".join([content["heading"], *lines, *text_lines(html)])


def _html(content: dict[str, Any]) -> str:
    block = _part_block()
    return block.render(block.to_python(content), {"is_snapshot": True})


@cache
def _part_block() -> PartBlock:
    return PartBlock()  # not before it is needed: by then the other apps have registered their blocks
