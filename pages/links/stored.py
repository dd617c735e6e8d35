"""Links as editors stored them: which of them lead to no page, and in which field and block each stands."""

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import override
from wagtail.blocks import StreamValue
from wagtail.models import Page

from pages.faulty_texts import text_fields
from pages.html.links import linked_pages, page_ids
from pages.models.base import BasePage

MOST_SHOWN = 200  # characters of a place


def places(page: Page, *written: str) -> Iterator[str]:
    """Yield where one of some pieces of text stands among the stored texts of a page: field, block and its number."""
    for name, stored in _passages(page):
        if any(piece in stored for piece in written):
            yield name[:MOST_SHOWN]


def dead_page_links(page: BasePage) -> Iterator[tuple[str, int]]:
    """Yield the place and the id of each link to a page that readers of this one cannot open. One query at most."""
    with override(page.locale.language_code):
        for name, stored in _passages(page):
            ids = page_ids(stored)
            targets = linked_pages(ids) if ids else {}
            yield from ((name[:MOST_SHOWN], page_id) for page_id, target in targets.items() if target is None)


def _passages(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the name in the admin, and the stored text, of each field, of streams those of each block."""
    for field in text_fields(type(page)):
        value, name = getattr(page, field.name), _words(field.verbose_name)
        if not isinstance(value, StreamValue):
            yield name, str(value or "")
            continue
        blocks = value.stream_block.child_blocks
        for number, child in enumerate(value.raw_data, start=1):
            label = _words(blocks[child["type"]].label)
            yield f"{name} › {label} {number}", json.dumps(child["value"], ensure_ascii=False)


def _words(label: Any) -> str:
    with override(settings.LANGUAGE_CODE):  # whatever language the page is read in
        return capfirst(str(label))
