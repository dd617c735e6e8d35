"""Every kind of page has what a reader needs, in both languages."""

from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page

from contacts.models import SupportLine
from pages.models import HomePage
from tests.conftest import OpenDatabase
from tests.reading import ADDRESSES, PAIRS, SITE_NAMES, assert_numbers, soup, words
from tests.undefined_variables import undefined_variables_fail

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("strict_templates"),
    pytest.mark.any_database,  # templates give the same of the same rows
]

# Material in another language stands in a frame of its own.
IN_THE_FRAME = [address for address in ADDRESSES if address not in PAIRS["publication text"]]
SITE = "http://localhost:8000"
BANNER = {
    "sv": "Demonstration: personer och tider är påhittade. 112, 114 14 och 020-390 000 är riktiga.",
    "en": "Demonstration: people and hours are invented. 112, 114 14 and 020-390 000 are real.",
    "uk": "Це приклад, створений для показу сайту. Номери 112 і 114 14 справжні.",
}
HOME = dict(zip(["sv", "en"], PAIRS["home"], strict=True))
SKIP = {"sv": "Hoppa till innehållet", "en": "Skip to the content", "uk": "Перейти до змісту"}


@pytest.fixture(scope="module")
def opened(module_rows: OpenDatabase) -> dict[str, BeautifulSoup]:
    """Return a page of each kind, by its address."""
    with module_rows(), undefined_variables_fail():
        return {address: soup(Client().get(address)) for address in ADDRESSES}


@pytest.fixture
def page(opened, request):
    return opened[request.param]


@pytest.mark.parametrize("page", IN_THE_FRAME, indirect=True)
def test_page_has_one_h1_and_landmarks(page):
    assert len(page.find_all("h1")) == 1
    assert words(page.h1)
    assert len(page.find_all("main")) == 1
    assert page.find("header", class_="site-header").find("nav", attrs={"aria-label": True})
    assert page.find("footer").find("nav", attrs={"aria-label": True})


@pytest.mark.parametrize("page", ADDRESSES, indirect=True)
def test_skip_link_is_first_and_leads_to_the_content(page):
    skip = page.body.find("a")
    assert words(skip) == SKIP[page.html["lang"]]
    assert page.find(id=skip["href"].removeprefix("#")).name == "main"


# Who reads that calls 112 or the police; the support line is for professionals.
@pytest.mark.parametrize("page", IN_THE_FRAME, indirect=True)
def test_three_numbers_are_on_the_page(page):
    assert_numbers(page)


@pytest.mark.parametrize("page", IN_THE_FRAME, indirect=True)
def test_ids_are_unique_and_labels_lead_to_them(page):
    ids = [node["id"] for node in page.find_all(id=True)]
    assert len(ids) >= 3
    assert len(ids) == len(set(ids))
    for attribute in ("aria-labelledby", "aria-describedby", "for"):
        for node in page.find_all(attrs={attribute: True}):
            assert set(node[attribute].split()) <= set(ids), node


@pytest.mark.parametrize("page", ADDRESSES, indirect=True)
def test_heading_levels_are_not_skipped(page):
    levels = [int(heading.name[1]) for heading in page.main.find_all(["h1", "h2", "h3", "h4"])]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), levels


# The start page needs no way back to itself.
@pytest.mark.parametrize("page", [address for address in IN_THE_FRAME if address not in PAIRS["home"]], indirect=True)
def test_breadcrumbs_lead_from_the_start_page_to_here(page, client):
    *above, here = page.find("nav", class_="breadcrumbs").find_all("li")
    assert here["aria-current"] == "page"
    assert words(here)
    addresses = [crumb.a["href"] for crumb in above]
    assert addresses[0] == HOME[page.html["lang"]]
    assert addresses == sorted(addresses, key=len)
    assert all(client.get(address).status_code == 200 for address in addresses)


@pytest.mark.parametrize(
    ("address", "trail"),
    [
        (PAIRS["municipality"][0], ["Startsidan", "Kontakt", "Göteborg"]),
        (PAIRS["all coordinators"][0], ["Startsidan", "Kontakt", "Alla regionkoordinatorer"]),
        ("/manual/allt/", ["Startsidan", "Manualen", "Hela manualen"]),
        ("/manual/andringar/", ["Startsidan", "Manualen", "Det här har ändrats"]),
        ("/version/page/{step}/", ["Startsidan", "Manualen", "Akut skydd", "Tidigare versioner"]),
        ("/version/page/{home}/", ["Startsidan", "Tidigare versioner"]),
    ],
)
def test_breadcrumbs_name_what_a_page_lies_below(client, address, trail):
    ids = {"step": Page.objects.get(slug="akut-skydd").pk, "home": HomePage.objects.get(locale__language_code="sv").pk}
    html = soup(client.get(address.format(**ids)))
    assert [words(crumb) for crumb in html.select(".breadcrumbs li")] == trail


@pytest.mark.parametrize("kind", PAIRS)
def test_lead_is_shown(client, kind):
    # A place begins with its coordinators, the list with its counties, a text of material with itself, an answer of the
    # guide with what to do.
    without = {"county", "municipality", "all coordinators", "publication text", "guide result", "guide flow chart"}
    for address in PAIRS[kind]:
        lead = soup(client.get(address)).main.find(class_="lead")
        assert (lead is None) == (kind in without)
        assert lead is None or len(words(lead)) > 30


# Search engines find the text of a file by its own language: see the tests of the sitemap.
@pytest.mark.parametrize("kind", sorted(PAIRS.keys() - {"publication text"}))
def test_language_switch_and_alternates_lead_to_the_same_page(client, kind):
    swedish, english = PAIRS[kind]
    for own, code, other, other_code in ((swedish, "sv", english, "en"), (english, "en", swedish, "sv")):
        page = soup(client.get(own))
        assert page.html["lang"] == code
        switch = page.find("header", class_="site-header").find("a", attrs={"hreflang": other_code})
        assert switch["href"] == other
        assert switch["lang"] == other_code
        alternates = {link["hreflang"]: link["href"] for link in page.find_all("link", rel="alternate", hreflang=True)}
        assert alternates == {code: SITE + own, other_code: SITE + other, "x-default": SITE + swedish}
        assert [link["href"] for link in page.find_all("link", rel="canonical")] == [SITE + own]


@pytest.mark.parametrize("page", ADDRESSES, indirect=True)
def test_title_and_description_are_there(page):
    assert words(page.title).endswith(f"– {SITE_NAMES[page.html['lang']]}")
    assert len(page.title.get_text().strip().partition("–")[0]) > 3
    (description,) = page.find_all("meta", attrs={"name": "description"})
    assert 30 < len(description["content"]) < 250


def test_titles_and_descriptions_differ_between_pages(client):
    pages = [soup(client.get(page.url)) for page in Page.objects.live().filter(depth__gt=1)]
    assert len(pages) > 50
    for parts in ([words(page.title) for page in pages], [words(page.find("h1")) for page in pages]):
        # Two languages may spell a title alike: "Manual", "Material".
        assert len(set(parts)) > len(parts) - 5


def test_contents_list_leads_to_the_headings_and_to_the_pages_of_the_section(client):
    page = soup(client.get("/vagledning/betanketid/"))
    contents = page.find("nav", class_="contents")
    links = contents.select(".contents__headings a")
    assert len(links) >= 3
    for link in links:
        assert words(page.find(id=link["href"].removeprefix("#"))) == words(link)
    (here,) = contents.select("[aria-current=page]")
    assert words(here) == "Betänketid"
    others = contents.select(".contents__item--page a")
    assert len(others) >= 3
    assert all(client.get(other["href"]).status_code == 200 for other in others)
    assert soup(client.get("/vagledning/")).find("nav", class_="contents") is None


def test_demonstration_says_so_and_keeps_out_of_search_engines(client):
    for address in ADDRESSES:
        page = soup(client.get(address))
        assert words(page.find(class_="demonstration")) == BANNER[page.html["lang"]]
        assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_demonstration_names_the_stored_numbers_as_real(client):
    line = SupportLine.objects.get(level="advice")
    line.number = "020-39 00 01"
    line.save()
    banner = words(soup(client.get("/")).find(class_="demonstration"))
    assert banner.endswith("112, 114 14 och 020-39 00 01 är riktiga.")
