"""The published manual at a glance: its steps and parts with their numbers.

`pages.manual.pages.step.read_index` reads it; what lies below the page types is handed it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
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


@dataclass(frozen=True, slots=True)
class GatheredStep[P]:
    """A step with those of its parts that concern somebody; none where the manual names no task of theirs."""

    step: Page
    number: int
    parts: list[P]


def gathered[P](steps: Iterable[Page], parts: Iterable[tuple[Page, P]]) -> list[GatheredStep[P]]:
    """Return every step with its number and its own of the parts, which are given with the step of each."""
    of_steps = list(parts)
    return [
        GatheredStep(step, number, [part for own, part in of_steps if own == step])
        for number, step in enumerate(steps, start=1)
    ]


def indexed(rows: Iterable[Any]) -> ManualIndex:
    """Return the index of rows in order: steps, repeated for each of their parts, with what is known of that part."""
    steps: list[Page] = []
    parts: list[IndexedPart] = []
    for _path, group in groupby(rows, key=lambda row: row.path):
        of_step = list(group)
        step = of_step[0]
        steps.append(step)
        number = sum(other.is_sibling_of(step) for other in steps)
        parts += [
            IndexedPart(row.part_code, f"{number}.{position}", row.part_heading, step, row.is_served, row.part_content)
            for position, row in enumerate((row for row in of_step if row.part_code), start=1)
        ]
    return ManualIndex(tuple(steps), tuple(parts))


def replacement_of(gone: ManualPart, index: ManualIndex) -> IndexedPart | None:
    """Return what replaced a part, or what replaced that in turn."""
    seen = {gone.pk}
    other = gone.replaced_by
    while other and other.pk not in seen:
        if part := index.part(other.code):
            return part
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
    def concerns(self) -> list[str | Promise]:
        """Whom the part is for, in words: the actors, then ages and permits where it is not for all of them."""
        return concerned(self.block.value, self.all_actors)
