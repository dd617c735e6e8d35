"""Where a mark stands in stored texts: in what readers see, and in drafts.

A mark is a piece of markup by which texts refer to something, such as `number="danger"`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Revision

from pages.models.base import BasePage
from pages.registry import registered_functions


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Something whose text holds a mark, named as editors know it."""

    name: str
    is_draft: bool

    def __str__(self) -> str:
        return _("%(name)s (draft)") % {"name": self.name} if self.is_draft else self.name


def places_of(mark: str) -> list[TextPlace]:
    """Return what holds a mark in its texts, in every app."""
    return [place for find in registered_functions("text_places") for place in find(mark)]


def places_in_pages(mark: str) -> Iterator[TextPlace]:
    """Yield the pages that hold a mark: published, and as they are drafted."""
    for page, text, is_draft in stored_texts():
        if mark in text.replace("\\", ""):  # in JSON the quotation marks are escaped
            yield TextPlace(_("“%(page)s”, %(language)s") % _names(page), is_draft)


def _names(page: Page) -> dict[str, str]:
    return {"page": page.title, "language": page.locale.get_display_name()}


def published_pages_with(mark: str) -> Iterator[BasePage]:
    """Yield the published pages whose text holds a mark. A query per type."""
    for model in BasePage.__subclasses__():
        holds = Q()
        pages = model.objects.live().select_related("locale")
        for name in rich_fields(model):
            pages = pages.annotate(**{f"stored_{name}": Cast(name, TextField())})
            for written in (mark, json.dumps(mark)[1:-1]):
                holds |= Q(**{f"stored_{name}__contains": written})
        yield from pages.filter(holds)


def stored_texts() -> Iterator[tuple[Page, str, bool]]:
    """Yield each page with its stored texts, and with those of its draft. A query per type, and one for drafts."""
    pages = {}
    for model in BasePage.__subclasses__():
        names = rich_fields(model)
        for page in model.objects.select_related("locale").order_by("path"):
            pages[page.pk] = page
            if page.live:
                yield page, json.dumps([_stored(getattr(page, name)) for name in names]), False
    drafts = Page.objects.filter(Q(has_unpublished_changes=True) | Q(live=False)).values("latest_revision")
    for revision in Revision.objects.filter(pk__in=drafts):
        page = pages.get(int(revision.object_id))
        if page:
            yield page, " ".join(str(revision.content.get(name, "")) for name in rich_fields(type(page))), True


def _stored(value: Any) -> Any:
    return list(value.raw_data) if isinstance(value, StreamValue) else value


def rich_fields(model: type[BasePage]) -> list[str]:
    """Return the fields of a type of page that hold rich text."""
    return [field.name for field in model._meta.get_fields() if isinstance(field, StreamField | RichTextField)]
