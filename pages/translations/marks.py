"""A new translation has the blocks of its original and none of its words: a mark stands where each is to be written.

The mark keeps a text from readers, so that nobody publishes the original's words in another language by mistake.
"""

from collections.abc import Iterator
from functools import singledispatch
from typing import Any

from django.db import models
from django.utils.translation import gettext
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.fields import RichTextField, StreamField

from pages.faulty_texts import text_fields
from pages.models.base import BasePage

MARK = "[???]"
RICH_MARK = f"<p>{MARK}</p>"


def refuse_marks(text: str, is_rich: bool) -> Iterator[str]:
    """Yield why a text with a mark cannot be published: one of the `text_rules`."""
    if MARK in text:
        yield gettext("“%(mark)s” stands where something is not translated yet.") % {"mark": MARK}


def empty_translation(page: BasePage) -> None:
    """Replace the words of a page that was just copied from its original, in its row and its one version."""
    for field in text_fields(type(page)):
        setattr(page, field.name, _emptied_field(page, field))
    page.title = page.draft_title = f"{MARK} {page.title}"[: page._meta.get_field("title").max_length]
    page.updated_on = None
    page.save(clean=False)
    latest = page.latest_revision
    page.save_revision(user=latest and latest.user, clean=False, overwrite_revision=latest)


def _emptied_field(page: BasePage, field: models.Field) -> Any:
    value = getattr(page, field.name)
    if isinstance(field, StreamField):
        stream = field.stream_block
        return stream.to_python(emptied(stream, stream.get_prep_value(value)))
    if not value or field.name == "title":
        return value
    return RICH_MARK if isinstance(field, RichTextField) else MARK


@singledispatch
def emptied(block: blocks.Block, stored: Any) -> Any:
    """Return the stored value of a block with marks in the place of words; choices, dates and links stay."""
    return stored


@emptied.register(blocks.CharBlock)
@emptied.register(blocks.TextBlock)
def _(block: blocks.Block, stored: str) -> str:
    return MARK if stored and not getattr(block, "is_internal", False) else stored


@emptied.register
def _(block: blocks.RichTextBlock, stored: str) -> str:
    return RICH_MARK if stored else stored


@emptied.register
def _(block: blocks.StreamBlock, stored: Any) -> Any:
    return [item | {"value": emptied(block.child_blocks[item["type"]], item["value"])} for item in stored]


@emptied.register
def _(block: blocks.ListBlock, stored: Any) -> Any:
    return [item | {"value": emptied(block.child_block, item["value"])} for item in stored]


@emptied.register
def _(block: blocks.StructBlock, stored: Any) -> Any:
    known = {name: emptied(child, stored[name]) for name, child in block.child_blocks.items() if name in stored}
    return {**stored, **known}


@emptied.register
def _(block: BaseTypedTableBlock, stored: Any) -> Any:
    children = [block.child_blocks[column["type"]] for column in stored["columns"]]
    return {
        **stored,
        "caption": stored.get("caption") and MARK,
        "columns": [column | {"heading": column["heading"] and MARK} for column in stored["columns"]],
        "rows": [
            row | {"values": [emptied(*pair) for pair in zip(children, row["values"], strict=True)]}
            for row in stored["rows"]
        ],
    }
