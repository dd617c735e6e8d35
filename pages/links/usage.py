"""What links to something that is to go, by the reference index of Wagtail: pages and rows as they are published."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, ReferenceIndex


@dataclass(frozen=True, slots=True)
class LinkingThing:
    """Something that links there, and in which fields; `url` is where a user changes it, None where that is nobody."""

    name: str
    fields: str
    url: str | None


def links_to(things: Iterable[Model], user: Any) -> list[LinkingThing]:
    """Return what links to things or to pages below them, but for what goes with them."""
    going = {(_content_type(below), str(below.pk)) for thing in things for below in _with_descendants(thing)}
    found: dict[Model, list[ReferenceIndex]] = {}
    for content_type in {kind for kind, _pk in going}:
        keys = [pk for kind, pk in going if kind == content_type]
        references = ReferenceIndex.objects.filter(to_content_type=content_type, to_object_id__in=keys)
        for source, uses in references.group_by_source_object():
            if source and (_content_type(source), str(source.pk)) not in going:
                found.setdefault(source, []).extend(uses)
    finder = AdminURLFinder(user)
    return [
        LinkingThing(str(source), ", ".join(dict.fromkeys(map(_field, uses))), finder.get_edit_url(source))
        for source, uses in found.items()
    ]


def _field(use: ReferenceIndex) -> str:
    return str(use.describe_source_field())


def _with_descendants(thing: Model) -> Iterable[Model]:
    return thing.get_descendants(inclusive=True) if isinstance(thing, Page) else [thing]


def _content_type(thing: Model) -> ContentType:
    return ContentType.objects.get_for_model(Page if isinstance(thing, Page) else thing)
