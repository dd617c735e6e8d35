"""What keeps a text from readers: looked for in every field and block of what is published.

The rules are those that apps registered; drafts are never asked. Called when a form publishes, so that the words
stand beside the field, and when anything is saved as published, so on every other path too.
"""

from collections.abc import Iterable, Iterator
from functools import singledispatchmethod
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext
from wagtail import blocks
from wagtail.blocks import ListBlockValidationError, StreamBlockValidationError, StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock, TypedTableBlockValidationError
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock

from pages.refusals import RefusedError
from pages.registry import registered_functions
from pages.render_context import reading_once

UNSEEN = {"editor_note", "path", "url_path", "draft_title"}  # no words to readers


class FaultyTextsError(RefusedError):
    """Texts that readers must not see as they are."""


@reading_once()
def refuse_faulty_texts(thing: Any, rows: Iterable[Any] = ()) -> None:
    """Raise FaultyTextsError where a text of a page or row, or of the `rows` published with it, breaks a rule."""
    found = _Finder()
    errors = {field.name: error for field in text_fields(type(thing)) if (error := found.in_field(thing, field))}
    for row in rows:
        for field in text_fields(type(row)):
            found.in_field(row, field, str(row))
    if found.told:
        raise FaultyTextsError(thing, " ".join(found.told), errors)


def validate_text(text: str) -> None:
    """Refuse a plain text that breaks a rule: a validator of fields that have no drafts."""
    if faults := list(faults_of(text, is_rich=False)):
        raise ValidationError(faults)


def text_fields(model: type[models.Model]) -> Iterator[models.Field]:
    """Yield the fields of a model in which editors write words for readers, each in every language."""
    fields = [field for field in model._meta.get_fields() if isinstance(field, models.Field)]
    translated = {field.translated_field.name for field in fields if hasattr(field, "translated_field")}
    for field in fields:
        is_text = isinstance(field, models.CharField | models.TextField | StreamField)
        is_word = not isinstance(field, models.SlugField | models.URLField | models.EmailField | models.FileField)
        if is_text and is_word and field.editable and not field.choices and field.name not in UNSEEN | translated:
            yield field


def faults_of(text: str, *, is_rich: bool) -> Iterator[str]:
    """Yield what is wrong with a text as it is stored: HTML of the editor, or plain."""
    for rule in registered_functions("text_rules"):
        yield from rule(text, is_rich)


class _Finder:
    """Collects what is wrong: as errors for a form, and in `told` as sentences that name the place."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def in_field(self, thing: Any, field: models.Field, *place: str) -> ValidationError | None:
        value, where = getattr(thing, field.name), [*place, capfirst(str(field.verbose_name))]
        if isinstance(field, StreamField):
            return self._in_block(field.stream_block, value, where)
        return self._in_text(value, where, is_rich=isinstance(field, RichTextField))

    def _in_text(self, text: str | None, place: list[str], *, is_rich: bool) -> ValidationError | None:
        faults = list(faults_of(text or "", is_rich=is_rich))
        self.told += [f"{' › '.join(place)}: {fault}" for fault in faults]
        return ValidationError(faults) if faults else None

    @singledispatchmethod
    def _in_block(self, block: blocks.Block, value: Any, place: list[str]) -> ValidationError | None:
        return None  # no words: choices, dates, addresses

    @_in_block.register(blocks.CharBlock)
    @_in_block.register(blocks.TextBlock)
    def _(self, block: blocks.Block, value: str, place: list[str]) -> ValidationError | None:
        return self._in_text(value, place, is_rich=False)

    @_in_block.register
    def _(self, block: blocks.RichTextBlock, value: Any, place: list[str]) -> ValidationError | None:
        return self._in_text(value.source, place, is_rich=True)

    @_in_block.register
    def _(self, block: blocks.StreamBlock, value: Any, place: list[str]) -> ValidationError | None:
        errors = self._in_children([(child.block, child.value) for child in value], place)
        return StreamBlockValidationError(errors) if errors else None

    @_in_block.register
    def _(self, block: blocks.ListBlock, value: Any, place: list[str]) -> ValidationError | None:
        errors = self._in_children([(block.child_block, child.value) for child in value.bound_blocks], place)
        return ListBlockValidationError(errors) if errors else None

    @_in_block.register
    def _(self, block: blocks.StructBlock, value: Any, place: list[str]) -> ValidationError | None:
        errors = {}
        for name, child in block.child_blocks.items():
            if error := self._in_block(child, value.get(name), [*place, _name(child)]):
                errors[name] = error
        return StructBlockValidationError(errors) if errors else None

    @_in_block.register
    def _(self, block: ImageBlock, value: Any, place: list[str]) -> ValidationError | None:
        if value and not (value.contextual_alt_text or value.decorative):
            fault = gettext("Say in words what the image shows, or mark it as decoration.")
            self.told.append(f"{' › '.join(place)}: {fault}")
            return StructBlockValidationError({"alt_text": ValidationError(fault)})
        error = self._in_text(getattr(value, "contextual_alt_text", ""), place, is_rich=False)
        return StructBlockValidationError({"alt_text": error}) if error else None

    @_in_block.register
    def _(self, block: BaseTypedTableBlock, table: Any, place: list[str]) -> ValidationError | None:
        around = [table.caption, *(column["heading"] for column in table.columns)]
        heads = [error for text in around if (error := self._in_text(text, place, is_rich=False))]
        cells: dict[int, dict[int, ValidationError]] = {}
        for row_number, row in enumerate(table.row_data):
            for number, (column, value) in enumerate(zip(table.columns, row["values"], strict=True)):
                if error := self._in_block(column["block"], value, place):
                    cells.setdefault(row_number, {})[number] = error
        return TypedTableBlockValidationError(cells, heads) if cells or heads else None

    def _in_children(self, children: list[tuple[blocks.Block, Any]], place: list[str]) -> dict[int, ValidationError]:
        found = {}
        for number, (block, value) in enumerate(children):
            if error := self._in_block(block, value, [*place, f"{_name(block)} {number + 1}"]):
                found[number] = error
        return found


def _name(block: blocks.Block) -> str:
    return capfirst(str(block.label))
