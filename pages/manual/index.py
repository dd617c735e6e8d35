"""The published manual at a glance: its steps and parts with their numbers.

`pages.manual.pages.step.read_index` reads it; what lies below the page types is handed it.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language
from wagtail.blocks import StreamValue
from wagtail.models import Page

from pages.manual.audience import concerned
from pages.manual.models.actors import Actor
from pages.manual.models.parts import ManualPart, anchor


@dataclass(frozen=True, slots=True)
class IndexedPart:
    """A published part and its place; `number` is "2.1"."""

    code: str
    number: str
    heading: str
    step: Page
    is_served: bool  # not while the start page of its language is unpublished
    content: Any = None  # the value of its block as stored, where it was asked for

    @property
    def url(self) -> str:
        """Where the part is now."""
        return self.url_with("")

    def url_with(self, query: str) -> str:
        """Where the part is now, with a query string."""
        return f"{self.step.url}{query}#{anchor(self.code)}"

    @property
    def language(self) -> str:
        """The language in which it is read there."""
        return self.step.locale.language_code


@dataclass(frozen=True, slots=True)
class ManualIndex:
    """The published steps and parts in the active language, then in the default language."""

    steps: tuple[Page, ...]
    parts: tuple[IndexedPart, ...]

    def beside(self, step: Page) -> list[Page]:
        """Return the published steps of the same manual, in order."""
        return [other for other in self.steps if other.is_sibling_of(step)]

    def part(self, code: str) -> IndexedPart | None:
        """Return a part that readers can open in the active language, else in the default language."""
        found = {part.language: part for part in self.parts if part.code == code and part.is_served}
        return found.get(get_language() or "") or found.get(settings.LANGUAGE_CODE)


def replacement_of(gone: ManualPart, index: ManualIndex) -> IndexedPart | None:
    """Return what replaced a part, or what replaced that in turn."""
    seen = {gone.pk}
    other = gone.replaced_by
    while other and other.pk not in seen:
        if place := index.part(other.code):
            return place
        seen.add(other.pk)
        other = other.replaced_by
    return None


@dataclass(frozen=True, slots=True)
class NumberedPart:
    """A part as a page shows it; `all_actors` are those of the whole manual."""

    block: StreamValue.StreamChild
    number: str
    code: str
    step: Page
    all_actors: list[Actor]

    @property
    def anchor(self) -> str:
        """The HTML id of the part."""
        return anchor(self.code)

    @property
    def step_number(self) -> str:
        """The number of its step."""
        return self.number.partition(".")[0]

    @property
    def concerns(self) -> list[str | Promise]:
        """Whom the part is for, in words: the actors, then ages and permits where it is not for all of them."""
        return concerned(self.block.value, self.all_actors)
