"""Random histories of a small manual: an id is never reused, never changes meaning, and its address always answers.

`HISTORIES=5000` runs that many instead of 80.
"""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from wagtail.models import Locale
from wagtail.signal_handlers import disable_reference_index_auto_update

from pages.manual.moving import bring_missing_parts, move_part
from pages.models import HomePage, ManualPage, ManualStepPage, PublishedPart
from pages.render_context import reading_once
from tests.factories import published
from tests.manual import ids, part_value
from tests.translating import translated_copy

pytestmark = [pytest.mark.django_db, pytest.mark.long]

HISTORIES = int(os.environ.get("HISTORIES", "80"))
GROUPS = 4  # tests that share them, so that they can run side by side
MARK = re.compile(r"betydelse-\d+")


class History:
    """A manual of two steps in two languages, what is done to it, and what its ids have meant."""

    def __init__(self) -> None:
        self.marks = 0
        self.meanings: dict[str, str] = {}  # the mark in the text of each part that was ever published, by code
        self.homes: dict[str, str] = {}  # the step that it belongs to, in all its languages
        self.english = Locale.objects.get(language_code="en")
        homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
        manual = published(ManualPage(title="Liten", slug="liten", lead="Om.", locale=homes["sv"].locale), homes["sv"])
        published(translated_copy(manual, self.english))
        for title, count in [("Först", 2), ("Sedan", 1)]:
            step = ManualStepPage(title=title, lead="Om.", locale=manual.locale)
            step.parts.extend(("part", self.new_part()) for _number in range(count))
            published(translated_copy(published(step, manual), self.english))
        self.observe()

    def new_part(self):
        """Return a part with a mark that no other has."""
        self.marks += 1
        return part_value(f"betydelse-{self.marks}", heading=f"Rubrik {self.marks}")

    def step(self, choice: int, **fields) -> ManualStepPage | None:
        """Return one of the steps of both languages, as it is stored."""
        steps = ManualStepPage.objects.filter(**fields).order_by("path")
        return steps[choice % len(steps)] if steps else None

    def publish(self, page: ManualStepPage) -> None:
        """Publish a step as an editor who explains every change."""
        for part in page.parts:
            part.value["is_minor_edit"] = True
        page.save_revision(clean=False).publish()

    def rename(self, step: ManualStepPage, choice: int, text: int) -> None:
        if step.parts:
            step.parts[choice % len(step.parts)].value["heading"] = f"Annan rubrik {text}"
            self.publish(step)

    def add(self, step: ManualStepPage, choice: int, _text: int) -> None:
        step.parts.insert(choice % (len(step.parts) + 1), ("part", self.new_part()))
        self.publish(step)

    def reorder_parts(self, step: ManualStepPage, choice: int, place: int) -> None:
        if step.parts:
            part = step.parts.pop(choice % len(step.parts))
            step.parts.insert(place % (len(step.parts) + 1), part)
            self.publish(step)

    def reorder_steps(self, step: ManualStepPage, choice: int, _place: int) -> None:
        step.move(step.get_parent(), pos=["first-child", "last-child"][choice % 2])

    def move_to_another_step(self, step: ManualStepPage, choice: int, other: int) -> None:
        target = self.step(other, locale=step.locale)
        parts = step.get_latest_revision_as_object().parts
        if not parts or target == step:
            return
        part_id = parts[choice % len(parts)].id
        try:
            move_part(part_id, step, target)
        except ValidationError:
            return  # the other step is not there in a language
        if part_id[:8] in self.homes:
            self.homes[part_id[:8]] = target.translation_key

    def remove(self, step: ManualStepPage, choice: int, _other: int) -> None:
        if step.parts:
            del step.parts[choice % len(step.parts)]
            self.publish(step)

    def draft(self, step: ManualStepPage, choice: int, _other: int) -> None:
        page = step.get_latest_revision_as_object()
        if page.parts and choice % 2:
            del page.parts[choice % len(page.parts)]
        else:
            page.parts.append(("part", self.new_part()))
        page.save_revision(clean=False)

    def copy(self, step: ManualStepPage, choice: int, number: int) -> None:
        slug = f"kopia-{number}-{self.marks}"
        self.marks += 1
        step.copy(update_attrs={"slug": slug, "title": slug}, keep_live=bool(choice % 2))

    def translate(self, step: ManualStepPage, choice: int, _other: int) -> None:
        if step.locale_id == self.english.pk or step.has_translation(self.english):
            return
        translation = translated_copy(step, self.english)
        if choice % 2:
            self.publish(translation)

    def bring(self, step: ManualStepPage, choice: int, _other: int) -> None:
        bring_missing_parts(step)
        if choice % 2:
            self.publish(ManualStepPage.objects.get(pk=step.pk).get_latest_revision_as_object())

    def revert(self, step: ManualStepPage, choice: int, _other: int) -> None:
        revisions = step.revisions.order_by("pk")
        if revisions:
            page = revisions[choice % len(revisions)].as_object()
            page.slug = step.slug  # the first revisions of a copy have the original's, which is taken
            self.publish(page)

    def unpublish(self, step: ManualStepPage, _choice: int, _other: int) -> None:
        step.unpublish()

    def republish(self, step: ManualStepPage, _choice: int, _other: int) -> None:
        self.publish(step.get_latest_revision_as_object())

    def delete(self, step: ManualStepPage, _choice: int, _other: int) -> None:
        step.delete()

    def switch_english(self, _step: ManualStepPage, choice: int, _other: int) -> None:
        """Unpublish or publish what lies above the English steps: the start page or the manual."""
        above = [HomePage, ManualPage][choice % 2].objects.get(locale=self.english)
        if above.live:
            above.unpublish()
        else:
            above.save_revision().publish()

    def observe(self) -> None:
        """Check that each published id means what it meant, and is where it was unless it was moved."""
        on_record: dict[ManualStepPage, list[str]] = {}
        published_parts = PublishedPart.objects.filter(page__live=True).select_related("part", "page")
        for part in published_parts.order_by("page", "sort_order"):
            code, mark = part.part.code, MARK.search(str(part.content))[0]
            assert self.meanings.setdefault(code, mark) == mark, f"{code} meant another thing"
            assert self.homes.setdefault(code, part.page.translation_key) == part.page.translation_key
            on_record.setdefault(part.page, []).append(code)
        live = ManualStepPage.objects.live()
        assert {step: codes for step in live if (codes := [part_id[:8] for part_id in ids(step)])} == on_record

    def follow_addresses(self) -> None:
        """Ask for every id that was ever published, in both languages, as a reader does."""
        client, pages = Client(), {}
        homes = HomePage.objects.live().values("locale")
        readable = PublishedPart.objects.filter(page__live=True, locale__in=homes)
        places = set(readable.values_list("part__code", "locale__language_code"))
        for code, mark in self.meanings.items():
            for prefix, languages in [("", ["sv"]), ("/en", ["en", "sv"])]:
                answer = client.get(f"{prefix}/manual/p/{code}/")
                language = next((language for language in languages if (code, language) in places), None)
                if language is None:
                    assert answer.status_code == 410
                    continue
                assert answer.status_code in {302, 307}
                address, _, anchor = answer["Location"].partition("#")
                assert address.startswith("/en/") == (language == "en")
                if address not in pages:
                    page = client.get(address)
                    assert page.status_code == 200
                    pages[address] = BeautifulSoup(page.content, "html.parser")
                assert mark in pages[address].find(id=anchor).get_text()


OPERATIONS: list[Callable[[History, ManualStepPage, int, int], None]] = [
    History.rename,
    History.add,
    History.reorder_parts,
    History.reorder_steps,
    History.move_to_another_step,
    History.remove,
    History.draft,
    History.copy,
    History.translate,
    History.bring,
    History.revert,
    History.unpublish,
    History.republish,
    History.delete,
    History.switch_english,
]
CHOICE = st.integers(min_value=0, max_value=11)
LIFE = st.lists(st.tuples(st.sampled_from(OPERATIONS), CHOICE, CHOICE, CHOICE), min_size=4, max_size=6)


@pytest.fixture
def nothing_is_indexed(settings: Any) -> Iterator[None]:
    """Leave out Wagtail's search and reference index, which take half the time and know no ids."""
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database", "AUTO_UPDATE": False}}
    with disable_reference_index_auto_update():
        yield


@pytest.mark.usefixtures("nothing_is_indexed")
# The lives of a group are enough for what a database alone decides: its constraints, and the order of its rows.
@pytest.mark.parametrize("group", [0, *(pytest.param(n, marks=pytest.mark.any_database) for n in range(1, GROUPS))])
def test_ids_keep_their_meaning_and_their_addresses_answer(group):
    for manual in ManualPage.objects.all():  # that of the starter content
        manual.delete()
    history = History()
    start = (history.marks, dict(history.meanings), dict(history.homes))
    lived = []

    @settings(
        max_examples=HISTORIES // GROUPS,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(life=LIFE)
    def live(life):
        history.marks, history.meanings, history.homes = start[0], dict(start[1]), dict(start[2])
        with transaction.atomic():
            for operation, which, choice, other in life:
                step = history.step(which)
                if step:
                    operation(history, step, choice, other)
                    history.observe()
            with reading_once():  # nothing is saved any more
                history.follow_addresses()
            lived.append(life)
            transaction.set_rollback(True)

    if settings.default.derandomize:  # as in CI, where else all groups would live the same lives
        seed(group)(live)
    live()
    assert len(lived) >= HISTORIES // GROUPS
