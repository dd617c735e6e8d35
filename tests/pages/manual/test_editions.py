"""The edition of the manual, stored once: in every copy and every citation, an example until editors state it."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from pages.manual.models.parts import part_code
from pages.models import ManualPage, ManualStepPage, PublishedVersion
from tests.manual import step
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

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
            citations = [words(citation) for citation in html.select(".part__address")]
            assert len(citations) == len(page.parts)
            assert all(EXAMPLE[page.locale.language_code] in citation for citation in citations)


def test_stated_edition_takes_the_place_of_the_example_in_its_language(client, strict_templates):
    state(STATED)
    assert_of(client, "sv", STATED)
    for html in pages(client, "sv"):
        assert "xempelutgåva" not in str(html.select(".edition, .part__address, head"))
    assert_of(client, "en", EXAMPLE["en"])
    state("")
    assert_of(client, "sv", EXAMPLE["sv"])


def test_version_keeps_the_edition_of_its_day(client):
    state(STATED)
    step().save_revision().publish()
    versions = PublishedVersion.objects.filter(page=step().pk).order_by("published_at")
    shown = [soup(client.get(f"/version/{version.pk}/")).select_one(".edition") for version in versions]
    assert [words(mark) for mark in shown] == [EXAMPLE["sv"], STATED]


@pytest.mark.parametrize(("language", "slug"), [("sv", "akut-skydd"), ("en", "emergency-protection")])
def test_citation_of_a_part_gives_address_purpose_edition_and_date(client, settings, language, slug):
    page = step(slug, language)
    prefix, said, day = {
        "sv": ("", "för att hitta tillbaka", "uppdaterad"),
        "en": ("/en", "for finding your way back", "updated"),
    }[language]
    citation = soup(client.get(page.url)).select_one(".part__address")
    address = f"{prefix}/manual/p/{part_code(page.parts[0].id)}/"
    assert citation.a["href"] == address
    assert f"{settings.SITE_URL}{address} · {said} · {EXAMPLE[language]} · {day} " in words(citation)
    assert words(citation).endswith(f" {page.updated_on.year}")


def test_search_engines_are_told_of_which_edition_a_step_is(client):
    html = soup(client.get(step().url))
    (told,) = [json.loads(data.text) for data in html.select('script[type="application/ld+json"]')]
    assert told["version"] == EXAMPLE["sv"]
    other = soup(client.get("/vagledning/betanketid/"))
    (told,) = [json.loads(data.text) for data in other.select('script[type="application/ld+json"]')]
    assert "version" not in told
    assert EXAMPLE["sv"] not in str(other)
