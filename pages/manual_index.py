"""The published manual at a glance: its steps and parts with their numbers, read in one query."""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Value
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, override

from pages.models import HomePage, ManualPart, ManualStepPage
from pages.models.parts import CODE_LENGTH, anchor
from pages.ready.notes import shared

# What a link to a part looks like as stored: its permanent address, or where it was that day, copied from the page.
CODE = f"[0-9a-f]{{{CODE_LENGTH}}}"
PERMANENT = rf"(?:/[a-z]{{2}})?/manual/p/(?P<code>{CODE})/?"
PLACE = rf'/(?!/)[^"#]*#{anchor("")}(?P<anchor>{CODE})'
PART_LINK = re.compile(
    rf'<a href="(?:{re.escape(settings.SITE_URL)})?(?:{PERMANENT}|{PLACE})">(?P<text>.*?)</a>', re.DOTALL
)

# And as written for readers: where the part is now.
PART_PLACE = re.compile(rf'href="[^"#]+#(?P<anchor>{anchor("")}(?P<code>{CODE}))"')


@dataclass(frozen=True, slots=True)
class IndexedPart:
    """A published part and its place; `number` is "2.1"."""

    code: str
    number: str
    heading: str
    step: ManualStepPage
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

    steps: tuple[ManualStepPage, ...]
    parts: tuple[IndexedPart, ...]

    def beside(self, step: ManualStepPage) -> list[ManualStepPage]:
        """Return the published steps of the same manual, in order."""
        return [other for other in self.steps if other.is_sibling_of(step)]

    def part(self, code: str) -> IndexedPart | None:
        """Return a part that readers can open in the active language, else in the default language."""
        found = {part.language: part for part in self.parts if part.code == code and part.is_served}
        return found.get(get_language() or "") or found.get(settings.LANGUAGE_CODE)


def read_index(*, with_content: bool = False) -> ManualIndex:
    """Read the published manual, with the contents of its parts where they are asked for. One query."""
    return shared(f"index {with_content}", lambda: _read_index(with_content=with_content))


def _read_index(*, with_content: bool) -> ManualIndex:
    rows = (
        ManualStepPage.objects.live()
        .filter(locale__language_code__in={get_language(), settings.LANGUAGE_CODE})
        .select_related("locale")
        .only("title", "draft_title", "slug", "url_path", "path", "depth", "time_frame", "translation_key", "locale")
        .annotate(
            part_code=F("published_parts__part__code"),
            part_heading=F("published_parts__heading"),
            part_place=F("published_parts__sort_order"),
            part_content=F("published_parts__content") if with_content else Value(None, models.JSONField()),
            is_served=Exists(HomePage.objects.live().filter(locale=OuterRef("locale"))),
        )
        .order_by("path", "part_place")
    )
    steps: list[ManualStepPage] = []
    parts: list[IndexedPart] = []
    for _path, group in groupby(rows, key=lambda row: row.path):
        of_step = list(group)
        step = of_step[0]
        steps.append(step)
        number = sum(other.is_sibling_of(step) for other in steps)
        parts += [
            IndexedPart(row.part_code, f"{number}.{place}", row.part_heading, step, row.is_served, row.part_content)
            for place, row in enumerate((row for row in of_step if row.part_code), start=1)
        ]
    return ManualIndex(tuple(steps), tuple(parts))


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


def part_address(code: str, language: str | None = None) -> str:
    """Return the permanent path of a part, in the active language by default."""
    with override(language or get_language()):
        return reverse("part", args=[code])


def resolve_part_links(html: str, index: ManualIndex | None = None, query: str = "") -> str:
    """Write each link to a part with its number and heading of today; to a removed part, as the text it had.

    `query` goes along with the reader. No query of the database without such links, one otherwise.
    """
    if not PART_LINK.search(html):
        return html
    known = index or read_index()

    def written(match: re.Match[str]) -> str:
        part = known.part(match["code"] or match["anchor"])
        if part is None:
            return match["text"]
        url, language = part.url_with(query), part.language
        if language == get_language():
            return format_html('<a href="{}">{} {}</a>', url, part.number, part.heading)
        return format_html(
            '<a href="{}" hreflang="{}" lang="{}">{} {}</a>', url, language, language, part.number, part.heading
        )

    return PART_LINK.sub(written, html)
