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
from pages.starter.markdown import starter_part_id
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ACTORS = {"sv": "aktorernas-ansvar", "en": "actors"}
LANGUAGES = [code for code, _name in settings.LANGUAGES]
CRIME_SOURCE = {
    "sv": "Källa: 4 kap. 1 a § brottsbalken (1962:700), lydelse enligt kopia av den 29 april 2026.",
    "en": "Source: Criminal Code (1962:700), chapter 4, section 1 a, as worded in a copy of 29 April 2026.",
}


def steps(language: str) -> list[ManualStepPage]:
    return list(ManualStepPage.objects.filter(locale__language_code=language).order_by("path"))


def stored(step: ManualStepPage) -> str:
    return str(step.parts.get_prep_value())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_of_six_steps_has_two_to_six_parts(language):
    counts = [len(step.parts) for step in steps(language)]
    assert len(counts) == 6
    assert set(counts) <= {2, 3, 4, 5, 6}


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


@pytest.mark.parametrize("actor", ["police", "prosecutors"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_long_permit_is_shown_to_who_may_lead_the_investigation_that_applies_for_it(client, language, actor):
    step = ManualStepPage.objects.get(slug={"sv": "langsiktigt-stod", "en": "long-term-support"}[language])
    (part,) = [part for part in step.numbered_parts if part.block.id == starter_part_id("manual/long-term-support/2")]
    assert {"sv": "uppehållstillstånd", "en": "residence permit"}[language] in part.block.value["heading"].lower()
    for person in ("", "adult", "child"):
        for permit in ("", "with", "without"):
            html = soup(client.get(step.url, {"actor": actor, "person": person, "permit": permit}))
            assert html.select_one(f"section.part#{part.anchor}"), (person, permit)
    with override(language):
        own = Actor.objects.get(code=actor)
        listed = soup(client.get(f"{step.get_parent().url}{ACTORS[language]}/{own.slug}/"))
    assert listed.main.select_one(f'a[href$="#{part.anchor}"]')


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_least_two_footnotes(client, language):
    notes = [note for step in steps(language) for note in soup(client.get(step.url)).select(".footnotes li")]
    assert len(notes) >= 2


def test_no_mark_of_the_source_is_shown(client):
    for page in Page.objects.filter(depth__gt=1):
        shown = words(soup(client.get(page.url)).main)
        assert not re.findall(r"\*\*|\[\^|\]\(|:::|\{", shown), page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_of_the_glossary_is_used(client, language):
    """Most lead to it from a part; the names of what lies around the manual stand on other pages."""
    linked = {link["href"] for step in steps(language) for link in soup(client.get(step.url)).select("a.term")}
    others = Page.objects.filter(depth__gt=1, locale__language_code=language, glossarypage=None)
    texts = " ".join(words(soup(client.get(page.url)).main) for page in others)
    with override(language):
        targets = read_glossary().targets
    written = {
        target for form, target in targets.items() if re.search(rf"(?<![\w-]){re.escape(form)}(?![\w-])", texts.lower())
    }
    assert len(linked) > 20
    assert linked <= set(targets.values())
    assert linked | written == set(targets.values())
    assert GlossaryTerm.objects.count() == len(set(targets.values()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms_from_law_name_the_section_and_the_day_it_was_read(language):
    definitions = dict(GlossaryTerm.objects.values_list("term_sv", f"definition_{language}"))
    assert not [term for term, definition in definitions.items() if "<" in definition]
    assert CRIME_SOURCE[language] in " ".join(definitions["människohandel"].split())


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
