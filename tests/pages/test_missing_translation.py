"""A page that exists in Swedish only: said honestly, and leading to the Swedish page."""

import pytest

from pages.models import BasePage, GuidancePage, HomePage, ManualPage
from tests.factories import guidance, section
from tests.reading import assert_numbers, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SWEDISH, ENGLISH = "/vagledning/betanketid/", "/en/guidance/reflection-period/"


@pytest.fixture
def unpublished() -> BasePage:
    page = GuidancePage.objects.get(slug="reflection-period")
    page.unpublish()
    return page


def test_switch_says_that_the_page_is_missing(client, unpublished):
    page = soup(client.get(SWEDISH))
    header = page.find("header", class_="site-header")
    assert "Finns inte på English" in words(header)
    assert header.find("a", attrs={"hreflang": "en"}) is None
    assert [link["hreflang"] for link in page.find_all("link", rel="alternate")] == ["sv", "x-default"]


def test_english_section_lists_the_swedish_page_and_says_so(client, unpublished):
    page = soup(client.get("/en/guidance/"))
    link = page.main.find("a", href=SWEDISH)
    assert words(link) == "Betänketid"
    assert (link["lang"], link["hreflang"]) == ("sv", "sv")
    assert "not translated" in words(link.find_parent("li"))
    assert page.main.find("a", href=ENGLISH) is None


def test_swedish_section_is_as_before(client, unpublished):
    page = soup(client.get("/vagledning/"))
    assert len(page.main.find_all("a", href=SWEDISH)) == 1
    assert page.main.find("a", attrs={"hreflang": True}) is None


def test_page_that_was_never_translated_is_listed_too(client):
    new = guidance(title="Bara på svenska")
    page = soup(client.get("/en/guidance/"))
    assert words(page.main.find("a", href=new.url)) == "Bara på svenska"


def test_page_with_its_translation_is_listed_once(client):
    page = soup(client.get("/en/guidance/"))
    hrefs = [link["href"] for link in page.main.select(".page-list a")]
    assert len(hrefs) == len(set(hrefs)) == section("en").get_children().live().count()
    assert all(href.startswith("/en/") for href in hrefs)


@pytest.mark.parametrize(
    ("address", "target"),
    [("/en/kontakt/", "/en/contact/"), ("/en/manual/akut-skydd/", "/en/manual/emergency-protection/")],
)
def test_swedish_path_under_the_english_prefix_leads_to_the_english_page(client, address, target):
    page = soup(client.get(address), status=404)
    assert page.main.find("a", href=target, string=True)
    assert client.get(target).status_code == 200
    assert page.html["lang"] == "en"


def test_swedish_path_under_the_english_prefix_leads_to_the_swedish_page_where_there_is_no_other(client, unpublished):
    page = soup(client.get("/en" + SWEDISH), status=404)
    link = page.main.find("a", href=SWEDISH)
    assert (link["lang"], link["hreflang"], words(link)) == ("sv", "sv", "Betänketid")
    assert "not translated" in words(page.main)
    assert_numbers(page)


def test_unpublished_english_page_answers_410_with_the_numbers(client, unpublished):
    assert_numbers(soup(client.get(ENGLISH), status=410))


@pytest.mark.parametrize("address", ["/en/", "/en/manual/initial-support/"])
def test_link_in_an_english_text_leads_to_the_swedish_page(client, unpublished, address):
    links = soup(client.get(address)).main.find_all("a", href=SWEDISH)
    assert links
    assert {link["hreflang"] for link in links} == {"sv"}


def test_link_to_a_page_that_nobody_can_open_is_plain_text(client, unpublished):
    GuidancePage.objects.get(slug="betanketid").unpublish()
    for address in ("/", "/en/", "/manual/inledande-stod/", "/en/manual/initial-support/"):
        page = soup(client.get(address))
        assert not page.find_all("a", href=[SWEDISH, ENGLISH])


def test_start_page_names_the_sections_that_are_missing_and_says_so(client):
    assert soup(client.get("/en/")).main.select(".body ~ .page-list") == []
    ManualPage.objects.get(locale__language_code="en").get_descendants(inclusive=True).specific().unpublish()
    page = soup(client.get("/en/"))
    (entry,) = page.main.select(".body ~ .page-list li")
    link = entry.a
    assert (link["href"], link["lang"], link["hreflang"], words(link)) == ("/manual/", "sv", "sv", "Manualen")
    assert "not translated" in words(entry)
    assert page.find(id="manual-steps-title") is None


def test_missing_english_start_page_answers_404_and_not_swedish_text(client):
    HomePage.objects.get(locale__language_code="en").unpublish()
    page = soup(client.get("/en/"), status=404)
    assert_numbers(page)
    assert page.html["lang"] == "en"
