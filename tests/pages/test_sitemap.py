"""What search engines are told: the sitemap, the languages in the head of each page, robots.txt."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from contacts.models import County
from pages.models import Actor, ActorsPage, GuidancePage, HomePage
from pages.page_cache.rules import MAX_BYTES
from pages.sitemap import PAGES_IN_A_PART
from resources.models import Resource, ResourceFile
from tests.factories import guidance, many_guidance_pages, section
from tests.reading import PAIRS, soup

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SITE = "https://stod.example.org"
ENTRY = "{http://www.sitemaps.org/schemas/sitemap/0.9}url"
ADDRESS = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
ALTERNATE = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture(autouse=True)
def public_address(settings) -> None:
    # Wagtail's own record of the site still says localhost: SITE_URL alone decides.
    settings.SITE_URL = SITE


@pytest.fixture
def sitemap(client: Client) -> Callable[[], dict[str, dict[str, str]]]:
    """Return a function that reads the alternates of each address in the sitemap."""

    def read() -> dict[str, dict[str, str]]:
        entries = [entry for part in parts(client) for entry in read_xml(client, part).findall(ENTRY)]
        found = {
            entry.findtext(ADDRESS): {link.get("hreflang"): link.get("href") for link in entry.findall(ALTERNATE)}
            for entry in entries
        }
        assert len(found) == len(entries), "an address is there twice"
        return found

    return read


def read_xml(client: Client, address: str) -> ET.Element:
    response = client.get(address.removeprefix(SITE))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    return ET.fromstring(response.content)  # noqa: S314 (our own answer)


def parts(client: Client) -> list[str]:
    """Return the addresses of the parts, which the index names."""
    return [part.text or "" for part in read_xml(client, "/sitemap.xml").iter(ADDRESS)]


def in_both(swedish: str, english: str) -> dict[str, str]:
    return {"sv": SITE + swedish, "en": SITE + english, "x-default": SITE + swedish}


# No search engine is led to a form, nor to what is below a page that it is led to; the text of a file is apart.
OUTSIDE = {
    "guide flow chart",
    "guide result",
    "municipality",
    "publication text",
    "actor whole",
    "all coordinators",
    "message",
    "message sent",
    "registers",
    "search",
}


@pytest.mark.parametrize("kind", sorted(PAIRS.keys() - OUTSIDE))
def test_sitemap_names_both_languages_of_a_page_under_both_addresses(sitemap, kind):
    found = sitemap()
    for address in PAIRS[kind]:
        assert found[SITE + address] == in_both(*PAIRS[kind])


def test_sitemap_holds_every_published_page_county_actor_and_resource_and_nothing_else(sitemap):
    found = sitemap()
    pages = {SITE + page.url for page in Page.objects.live().filter(depth__gt=1)}
    assert len(pages) > 50
    assert pages < set(found)
    counties, actors, resources = (model.objects.count() for model in (County, Actor, Resource))
    assert min(actors, resources) >= 5
    texts = ResourceFile.objects.exclude(text="").count()
    assert len(found) == len(pages) + 2 * (counties + actors + resources) + texts
    assert all(address.startswith(f"{SITE}/") for links in found.values() for address in links.values())


def test_sitemap_names_both_languages_of_an_actor(sitemap):
    swedish, english = (ActorsPage.objects.get(locale__language_code=code).url for code in ("sv", "en"))
    actor = Actor.objects.get(code="police")
    found = sitemap()
    for address in (swedish + actor.slug_sv, english + actor.slug_en):
        assert found[f"{SITE}{address}/"] == in_both(f"{swedish}{actor.slug_sv}/", f"{english}{actor.slug_en}/")


def test_text_of_a_file_counts_once_and_in_its_own_language(sitemap, client):
    found, (swedish, english) = sitemap(), PAIRS["publication text"]
    texts = found[SITE + swedish]
    assert set(texts) == {"uk", "ru", "en"}
    assert texts["uk"] == SITE + swedish
    assert texts["en"].startswith(f"{SITE}/en/publications/")
    assert all(found[address] == texts for address in texts.values())
    assert SITE + english not in found
    for address in (swedish, english):
        html = soup(client.get(address))
        links = {link["hreflang"]: link["href"] for link in html.head.find_all("link", rel="alternate", hreflang=True)}
        assert (links, html.head.find("link", rel="canonical")["href"]) == (texts, SITE + swedish)


def test_sitemap_takes_as_many_queries_for_many_pages(client):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/sitemap-1.xml").status_code == 200
        return len(queries)

    count()  # what a process reads once
    before, few = count(), client.get("/sitemap-1.xml").content.count(b"<loc>")
    for language in ("sv", "en"):
        many_guidance_pages(50, language)
    assert client.get("/sitemap-1.xml").content.count(b"<loc>") == few + 100
    assert count() == before <= 30


def test_every_part_of_a_large_sitemap_is_cacheable(client, sitemap, monkeypatch):
    before = sitemap()
    largest = max(len(client.get(address.removeprefix(SITE)).content) for address in parts(client))
    assert largest * PAGES_IN_A_PART / Page.objects.live().filter(depth__gt=1).count() < MAX_BYTES
    monkeypatch.setattr("pages.sitemap.PAGES_IN_A_PART", 7)
    assert len(parts(client)) > 5
    assert sitemap() == before
    assert client.get(f"/sitemap-{len(parts(client)) + 1}.xml").status_code == 404


def test_every_address_of_the_sitemap_opens(sitemap, client):
    for address in sitemap():
        assert client.get(address.removeprefix(SITE)).status_code == 200, address


def test_draft_is_not_in_the_sitemap(sitemap):
    draft = GuidancePage(title="Utkast", slug="utkast", lead="Inte klar.", locale=section().locale, live=False)
    section().add_child(instance=draft)
    GuidancePage.objects.get(slug="reflection-period").unpublish()
    found = sitemap()
    assert not [address for address in found if "utkast" in address or "reflection-period" in address]
    swedish = f"{SITE}/vagledning/betanketid/"
    assert found[swedish] == {"sv": swedish, "x-default": swedish}


def test_page_in_english_only_has_no_default_language(sitemap, client):
    page = guidance(section("en"), title="English only")
    assert sitemap()[SITE + page.url] == {"en": SITE + page.url}
    links = soup(client.get(page.url)).head.find_all("link", rel="alternate")
    assert [(link["hreflang"], link["href"]) for link in links] == [("en", SITE + page.url)]


def test_language_without_start_page_is_not_in_the_sitemap(sitemap):
    HomePage.objects.get(locale__language_code="en").unpublish()
    found = sitemap()
    assert len(found) > 40
    assert not [address for address in found if address.startswith(f"{SITE}/en/")]
    assert "/en/" not in str(found.values())


def test_language_without_start_page_is_no_alternate_and_no_choice(client):
    pages = [PAIRS[kind][0] for kind in ("home", "guidance", "county", "actor")]
    assert all('hreflang="en"' in client.get(address).text for address in pages)
    HomePage.objects.get(locale__language_code="en").unpublish()
    for address in pages:
        html = soup(client.get(address))
        assert {link["hreflang"] for link in html.find_all("link", rel="alternate")} == {"sv", "x-default"}
        assert not html.select('a[hreflang="en"], a[lang="en"][href^="/en/"]')


def test_missing_page_names_no_languages(client):
    head = soup(client.get("/finns-inte/"), status=404).head
    assert head.find_all("link", rel=["alternate", "canonical"]) == []


def test_robots_of_a_live_site_name_the_sitemap(client, settings):
    settings.SITE_LIVE = True
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert response.text.splitlines() == ["User-agent: *", "Disallow: /admin/", f"Sitemap: {SITE}/sitemap.xml"]
    assert client.get("/sitemap.xml").status_code == 200


def test_robots_of_a_demonstration_keep_everybody_out(client):
    assert client.get("/robots.txt").text.splitlines() == ["User-agent: *", "Disallow: /"]


def test_sitemap_of_an_empty_site_is_empty(sitemap):
    Site.objects.all().delete()
    HomePage.objects.all().delete()
    assert sitemap() == {}
