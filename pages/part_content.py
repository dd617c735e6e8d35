"""What a part of the manual says, as it is stored, and whether that has changed."""

import re
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup
from wagtail.blocks import StreamValue

if TYPE_CHECKING:
    from pages.models.parts import PublishedPart

NOTE_FIELDS = {"change_note", "is_minor_edit"}  # about the change, not of the part
CHOICES = ("actors", "ages", "permits")  # their order says nothing
BETWEEN_BLOCKS = re.compile(r">\s*\n\s*<")


def content_of(part: StreamValue.StreamChild) -> dict[str, Any]:
    """Return the value of a part as it is stored, without the note about its change."""
    return _without_note(part.get_prep_value()["value"])


def has_changed(part: StreamValue.StreamChild, published: "PublishedPart") -> bool:
    """Tell whether readers would find another part than the published one.

    That one is read by today's block first: a field that came later has its default.
    """
    before = part.block.get_prep_value(part.block.to_python(published.content))
    return _comparable(content_of(part)) != _comparable(_without_note(before))


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
