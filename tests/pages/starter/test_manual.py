"""The starter content of the manual: parts with actors, references that lead somewhere, footnotes, a glossary."""

import re

import pytest
from django.conf import settings
from django.utils.translation import override
from wagtail.models import Page

from pages.manual.glossary import read_glossary
from pages.manual.pages.step import read_index
from pages.manual.references import PART_LINK
from pages.models import Actor, GlossaryTerm, ManualStepPage
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def steps(language: str) -> list[ManualStepPage]:
    return list(ManualStepPage.objects.filter(locale__language_code=language).order_by("path"))


def stored(step: ManualStepPage) -> str:
    return str(step.parts.get_prep_value())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_of_six_steps_has_two_to_four_parts(language):
    counts = [len(step.parts) for step in steps(language)]
    assert len(counts) == 6
    assert set(counts) <= {2, 3, 4}


def test_every_part_names_known_actors():
    codes = set(Actor.objects.values_list("code", flat=True))
    named = [part.value["actors"] for step in steps("sv") for part in step.parts]
    assert all(named)
    assert {actor for actors in named for actor in actors} == codes


def test_parts_concern_the_same_in_every_language():
    marks = [
        [
            [part.value[name] for name in ("actors", "ages", "permits")]
            for step in steps(language)
            for part in step.parts
        ]
        for language in LANGUAGES
    ]
    assert marks[0] == marks[1]
    assert {"child"} <= {age for _actors, ages, _permits in marks[0] for age in ages}
    assert {"with", "without"} == {permit for _actors, _ages, permits in marks[0] for permit in permits}


def test_translations_share_the_ids_of_their_parts():
    ids = [[part.id for step in steps(language) for part in step.parts] for language in LANGUAGES]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == len(ids[0]) > 15


@pytest.mark.parametrize("language", LANGUAGES)
def test_references_between_parts_lead_to_other_parts(client, language):
    codes = {part.code for part in read_index().parts}
    references = [(step, match["code"]) for step in steps(language) for match in PART_LINK.finditer(stored(step))]
    assert len(references) >= 5
    assert len({code for _step, code in references}) >= 5
    assert {code for _step, code in references} <= codes
    for step in steps(language):
        html = soup(client.get(step.url))
        for link in html.select('.part .body a[href*="/#p-"]'):
            address, _, anchor = link["href"].partition("#")
            target = soup(client.get(address)).find(id=anchor)
            assert words(target.select_one(".part__heading")) == words(link)


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_least_two_footnotes(client, language):
    notes = [note for step in steps(language) for note in soup(client.get(step.url)).select(".footnotes li")]
    assert len(notes) >= 2


def test_no_mark_of_the_source_is_shown(client):
    for page in Page.objects.filter(depth__gt=1):
        shown = words(soup(client.get(page.url)).main)
        assert not re.findall(r"\*\*|\[\^|\]\(|:::|\{", shown), page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_of_the_glossary_is_used_in_the_manual(client, language):
    used = {link["href"] for step in steps(language) for link in soup(client.get(step.url)).select("a.term")}
    with override(language):
        assert used == set(read_glossary().targets.values())
    assert GlossaryTerm.objects.count() == len(used) > 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_actors_and_terms_are_complete(language):
    actors = Actor.objects.values_list(*(f"{name}_{language}" for name in ("name", "slug", "summary")))
    terms = GlossaryTerm.objects.values_list(f"term_{language}", f"definition_{language}")
    assert all(all(row) for row in [*actors, *terms])
    # One form leads to one term.
    forms = [
        form.lower()
        for text in GlossaryTerm.objects.values_list(f"other_forms_{language}", flat=True)
        for form in text.split("\n")
        if form
    ]
    forms += [term.lower() for term, _definition in terms]
    assert len(forms) == len(set(forms))
