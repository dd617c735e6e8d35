"""What readers find: the document that a page or a row hands to the search."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchKind(models.TextChoices):
    """What a hit is, in the order of the filter."""

    PAGE = "page", _("Pages")
    MANUAL = "manual", _("The manual")
    RESOURCE = "resource", _("Publications")
    PLACE = "place", _("Counties and municipalities")
    COORDINATOR = "coordinator", _("Coordinators")

    @property
    def singular(self) -> Any:
        """What one hit is."""
        return _SINGULAR[self]

    @property
    def icon(self) -> str:
        """The icon of a hit, by its name in more-icons.svg."""
        return _ICONS[self]


_SINGULAR = {
    SearchKind.PAGE: _("Page"),
    SearchKind.MANUAL: _("The manual"),
    SearchKind.RESOURCE: _("Publication"),
    SearchKind.PLACE: _("County or municipality"),
    SearchKind.COORDINATOR: _("Coordinator"),
}

_ICONS = {
    SearchKind.PAGE: "eye",
    SearchKind.MANUAL: "book",
    SearchKind.RESOURCE: "file",
    SearchKind.PLACE: "pin",
    SearchKind.COORDINATOR: "people",
}


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What a page or row is found by; `path` is its address below the page, or an anchor in it."""

    kind: str
    title: str
    lead: str = ""
    text: str = ""  # a paragraph a line, as in `lead`
    heading: str = ""  # a longer title
    context: str = ""  # what else it is found by, and not shown
    hidden: str = ""  # text that it is found by, and not shown
    text_language: str = ""  # of title, lead and text, where it is not that of the page
    path: str = ""
    date: datetime.date | None = None
    boost: int = 100  # per cent, beside what answers a query as well


# Pages that gather what is said elsewhere come after it; parts of a page, and material, after one about the same thing.
LIST, PART, MATERIAL, PLACE, PERSON = 60, 80, 75, 60, 80
