"""The edition of the manual, stored once: in every copy and every citation, an example until editors state it."""

import json
import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from pages.manual.citations import laws
from pages.manual.models.parts import part_code
from pages.models import ManualPage, ManualStepPage, PublishedVersion
from tests.manual import step
from tests.reading import soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

EXAMPLE = {"sv": "Exempelutgåva, inte myndighetens text", "en": "Example edition, not the agency’s text"}
# The manual, a step, an actor, everything on one page, what has changed.
PAGES = {
    "sv": [
        "",
        "akut-skydd/",
        "aktorernas-ansvar/polisen/",
        "aktorernas-ansvar/polisen/allt/",
        "aktorernas-ansvar/",
        "allt/",
        "andringar/",
    ],
    "en": ["", "emergency-protection/", "actors/police/", "actors/police/whole/", "actors/", "whole/", "changes/"],
}
START = {"sv": "/manual/", "en": "/en/manual/"}
FILE = {"sv": "/manual/kopia/html/", "en": "/en/manual/copy/html/"}
FEED = {"sv": "/manual/andringar/flode/", "en": "/en/manual/changes/feed/"}
STATED = "Tredje utgåvan, 2027"


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.DATA_DIR = tmp_path


def pages(client: Client, language: str) -> list[BeautifulSoup]:
    """Return the pages of a manual, and the file that is made of it."""
    shown = [soup(client.get(START[language] + path)) for path in PAGES[language]]
    file = b"".join(client.get(FILE[language]).streaming_content)
    return [*shown, BeautifulSoup(file, "html.parser")]


def state(edition: str) -> None:
    manual = ManualPage.objects.get(locale__language_code="sv")
    manual.edition = edition
    manual.save_revision().publish()


def assert_of(client: Client, language: str, edition: str) -> None:
    """Check that copies and citations in a language name an edition."""
    for html in pages(client, language):
        assert [words(mark) for mark in html.select(".edition")] == [edition]
        for citation in html.select(".part__address"):
            assert f" · {edition} · " in words(citation)
        for citation in html.select(".cite__text"):
            assert words(citation).startswith(f"{edition}. ")
        for title in html.select('meta[property="og:title"]'):
            assert title["content"].endswith(f" – {edition}")
    (feed_title,) = re.findall(r"<feed [^>]*><title>(.*?)</title>", client.get(FEED[language]).content.decode())
    assert feed_title.endswith(f" – {edition}")


@pytest.mark.parametrize("language", EXAMPLE)
def test_every_copy_and_citation_says_that_it_is_an_example(client, strict_templates, language):
    assert_of(client, language, EXAMPLE[language])


def test_every_step_says_so_and_so_does_its_version(client):
    steps = ManualStepPage.objects.select_related("locale")
    assert steps.count() == 12
    for page in steps:
        version = PublishedVersion.objects.get(page=page.pk)
        prefix = "" if page.locale.language_code == "sv" else "/en"
        for address in (page.url, f"{prefix}/version/{version.pk}/"):
            html = soup(client.get(address)).main
            assert words(html.select_one(".edition")) == EXAMPLE[page.locale.language_code]
            citations = [words(citation) for citation in html.select(".part__address, .cite__text")]
            assert len(citations) == len(page.parts)
            assert all(EXAMPLE[page.locale.language_code] in citation for citation in citations)


def test_stated_edition_takes_the_place_of_the_example_in_its_language(client, strict_templates):
    state(STATED)
    assert_of(client, "sv", STATED)
    for html in pages(client, "sv"):
        assert "xempelutgåva" not in str(html.select(".edition, .part__address, .cite, head"))
    assert_of(client, "en", EXAMPLE["en"])
    state("")
    assert_of(client, "sv", EXAMPLE["sv"])


def test_version_keeps_the_edition_of_its_day(client):
    state(STATED)
    step().save_revision().publish()
    versions = PublishedVersion.objects.filter(page=step().pk).order_by("published_at")
    shown = [soup(client.get(f"/version/{version.pk}/")).select_one(".edition") for version in versions]
    assert [words(mark) for mark in shown] == [EXAMPLE["sv"], STATED]


@pytest.mark.parametrize(
    ("language", "slug", "law"),
    [
        ("sv", "akut-skydd", "Lag: 19 kap. 1 § socialtjänstlagen (2025:400)"),
        ("en", "emergency-protection", "Law: Social Services Act (2025:400), chapter 19, section 1"),
    ],
)
def test_part_is_cited_with_its_edition_law_day_and_version(client, settings, language, slug, law):
    page = step(slug, language)
    place = next(place for place, part in enumerate(page.numbered_parts) if law[-12:] in " ".join(laws(part)))
    part = page.numbered_parts[place]
    version = PublishedVersion.objects.filter(page=page.pk).first()
    prefix = "" if language == "sv" else "/en"
    cite = soup(client.get(page.url)).select(".cite")[place]
    said = words(cite.select_one(".cite__text"))
    assert said.startswith(f"{EXAMPLE[language]}. ")
    assert f".{place + 1} {part.block.value['heading']}, " in said
    assert f" {page.updated_on.year}. {law}" in said
    assert said.endswith(f" {settings.SITE_URL}{prefix}/version/{version.pk}/#{part.anchor}")
    address = f"{prefix}/manual/p/{part.code}/"
    assert cite.a["href"] == address
    assert words(cite.a) == settings.SITE_URL + address
    assert soup(client.get(f"{prefix}/version/{version.pk}/")).find(id=part.anchor)


def test_part_of_a_withdrawn_version_is_cited_by_its_permanent_address(client, settings):
    PublishedVersion.objects.filter(page=step().pk).update(withdrawn_on=date(2026, 11, 24), reason="Fel.")
    said = words(soup(client.get(step().url)).select_one(".cite__text"))
    assert said.endswith(f"{settings.SITE_URL}/manual/p/{part_code(step().parts[0].id)}/")


def test_search_engines_are_told_of_which_edition_a_step_is(client):
    html = soup(client.get(step().url))
    (told,) = [json.loads(data.text) for data in html.select('script[type="application/ld+json"]')]
    assert told["version"] == EXAMPLE["sv"]
    other = soup(client.get("/vagledning/betanketid/"))
    (told,) = [json.loads(data.text) for data in other.select('script[type="application/ld+json"]')]
    assert "version" not in told
    assert EXAMPLE["sv"] not in str(other)
