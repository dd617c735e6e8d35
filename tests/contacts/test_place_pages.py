"""The page of a county, of a municipality, and of all coordinators."""

import pytest

from contacts.models import ContactsPage, County, Municipality
from pages.models import ManualStepPage
from tests.reading import PAIRS, assert_numbers, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("in_office_hours")]

SKANE = ["Sara Exempelberg", "Simon Exempeldal"]


def coordinators(node) -> list[str]:
    return [words(heading) for heading in node.select(".coordinator :is(h2, h3)")]


# --- Counties and municipalities.


@pytest.mark.usefixtures("strict_templates")
@pytest.mark.parametrize(
    ("address", "heading", "step"),
    [
        ("/kontakt/skane-lan/", "Skåne län", "/manual/akut-skydd/"),
        ("/kontakt/skane-lan/ystad/", "Ystad, Skåne län", "/manual/akut-skydd/"),
        ("/en/contact/skane-county/", "Skåne County", "/en/manual/emergency-protection/"),
        ("/en/contact/skane-county/ystad/", "Ystad, Skåne County", "/en/manual/emergency-protection/"),
    ],
)
def test_place_shows_the_numbers_then_its_coordinators_and_the_way_on(client, address, heading, step):
    page = soup(client.get(address))
    assert page.h1.text == heading
    assert words(page.title).startswith(f"{heading} – ")
    assert coordinators(page.main) == SKANE
    assert all(entry.select('a[href^="tel:+46-40-628-04-"]') for entry in page.main.select(".coordinator"))
    assert "2" in words(page.main.find("a", href=step))
    # One block of numbers, where every page has it, and before all else that can be called.
    (call,) = page.select(".call")
    assert_numbers(call)
    elsewhere = soup(client.get(PAIRS["guidance"][address.startswith("/en/")]))
    assert call.parent["class"][0] == elsewhere.select_one(".call").parent["class"][0] == "layout"
    assert call.find_next_sibling("main")
    assert [link for link in page.select('a[href^="tel:"]') if link.find_parent("main")]
    assert page.select_one('a[href^="tel:"]').find_parent(class_="call")


def test_municipality_of_another_county_is_not_found(client):
    assert client.get("/kontakt/skane-lan/goteborg/").status_code == 404
    assert client.get("/kontakt/vastra-gotalands-lan/goteborg/").status_code == 200


def test_municipalities_of_one_address_part_are_told_apart_by_their_county(client):
    assert soup(client.get("/kontakt/uppsala-lan/habo/")).h1.text == "Håbo, Uppsala län"
    assert soup(client.get("/kontakt/jonkopings-lan/habo/")).h1.text == "Habo, Jönköpings län"


def test_way_on_is_left_out_when_its_step_is_not_published(client):
    ManualStepPage.objects.get(slug="akut-skydd").unpublish()
    main = soup(client.get("/kontakt/skane-lan/")).main
    assert coordinators(main) == SKANE
    assert not main.find_all("a", href=lambda href: "/manual/" in href)


def test_places_are_not_found_while_the_section_is_not_published(client):
    ContactsPage.objects.get(slug="kontakt").unpublish()
    assert_numbers(soup(client.get("/kontakt/"), status=410))
    for address in ("/kontakt/skane-lan/", "/kontakt/skane-lan/malmo/", "/kontakt/alla/"):
        assert_numbers(soup(client.get(address), status=404))
    assert client.get("/en/contact/skane-county/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/en/kontakt/skane-lan/",
        "/en/kontakt/alla/",
        "/en/contact/skane-lan/",
        "/en/contact/alla/",
        "/en/contact/vastra-gotaland-county/goteborg/",
        "/kontakt/skane-county/",
        "/kontakt/all/",
        "/kontakt/vastra-gotalands-lan/gothenburg/",
        "/contact/",
        "/contact/skane-county/",
        "/sv/kontakt/",
        "/fi/kontakt/",
    ],
)
def test_address_of_the_other_language_is_not_found_and_shows_whom_to_call(client, address):
    page = soup(client.get(address), status=404)
    is_english = address.startswith("/en/")
    assert page.html["lang"] == ("en" if is_english else "sv")
    assert_numbers(page)
    assert page.select_one("form:has(#lookup-field)")["action"] == PAIRS["contacts"][is_english]


def test_address_without_its_last_slash_leads_to_the_page(client):
    for address in ("/kontakt/skane-lan", "/en/contact/skane-county", "/kontakt/skane-lan/malmo", "/kontakt/alla"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, f"{address}/")


def test_county_that_an_editor_renames_has_the_new_address(client):
    county = County.objects.get(code="12")
    county.name_sv, county.slug_sv = "Region Skåne", "region-skane"
    county.save()
    assert soup(client.get("/kontakt/region-skane/")).h1.text == "Region Skåne"
    assert soup(client.get("/en/contact/skane-county/")).h1.text == "Skåne County"
    assert client.get("/kontakt/skane-lan/").status_code == 404


def test_place_without_english_name_keeps_the_swedish_one_on_english_pages(client):
    Municipality.objects.filter(code="1480").update(name_en=None, slug_en=None)
    page = soup(client.get("/en/contact/vastra-gotaland-county/goteborg/"))
    assert page.h1.text == "Göteborg, Västra Götaland County"


# --- All coordinators on one page, to print.


@pytest.mark.usefixtures("strict_templates")
@pytest.mark.parametrize("index", PAIRS["contacts"])
def test_all_coordinators_stand_on_one_page_by_county(client, index):
    link = soup(client.get(index)).main.select_one(
        f'a[href="{PAIRS["all coordinators"][index != PAIRS["contacts"][0]]}"]'
    )
    page = soup(client.get(link["href"]))
    assert_numbers(page)
    sections = page.select("main section.county")
    listed = [words(county) for county in soup(client.get(index)).select(".places--counties a")]
    assert [words(section.h2) for section in sections] == listed
    assert len(listed) == 21
    for section in sections:
        assert section["aria-labelledby"] == section.h2["id"]
        assert coordinators(section)
        for entry in section.select(".coordinator"):
            assert entry.select('a[href^="tel:+46"]')
    assert coordinators(page.select_one("section:has(#county-12)")) == SKANE


@pytest.mark.parametrize("address", PAIRS["all coordinators"])
def test_page_to_print_needs_no_script_and_nothing_folded(client, address):
    counties = soup(client.get(address)).select_one(".counties")
    assert len(counties.select(".coordinator")) > 21
    assert not counties.select("script, details, [hidden], button, form")
