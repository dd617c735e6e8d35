"""What editors do for the search: words that mean the same, and what comes first for a query."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from pages.models import GuidancePage, SearchSynonyms
from tests.config.accounts import admin_user
from tests.reading import soup

pytestmark = pytest.mark.django_db


def test_editors_words_with_one_meaning_find_each_other(client):
    assert not soup(client.get("/sok/", {"q": "blåbärssoppa"})).select(".hit")
    SearchSynonyms.objects.create(words_sv="blåbärssoppa\nNMT", words_en="blueberry soup")
    assert soup(client.get("/sok/", {"q": "blåbärssoppa"})).select_one(".hit a")["href"] == "/vagledning/nmt/"
    assert soup(client.get("/sok/", {"q": "blueberry soup"})).select_one(".hit a")["href"] == "/vagledning/nmt/"


def pin(query: str, **fields) -> SearchPromotion:
    return SearchPromotion.objects.create(query=Query.get(query), **fields)


def test_pinned_page_comes_first_while_it_is_published(client):
    page = GuidancePage.objects.get(slug="nmt", locale__language_code="sv")
    pin("Tecken på människohandel", page=page)
    first = [link["href"] for link in soup(client.get("/sok/", {"q": "tecken på MÄNNISKOHANDEL"})).select(".hit > a")]
    assert first[:2] == ["/vagledning/nmt/", "/vagledning/tecken/"]
    assert first.count("/vagledning/nmt/") == 1
    assert not soup(client.get("/en/search/", {"q": "tecken på människohandel"})).select('.hit > a[href$="/nmt/"]')

    page.unpublish()
    assert soup(client.get("/sok/", {"q": "tecken på människohandel"})).select_one(".hit > a")["href"] == (
        "/vagledning/tecken/"
    )


def test_pinned_page_comes_once_however_far_a_reader_turns(client):
    asked = {"q": "människohandel"}

    def listed(**more: str | int) -> list[str]:
        return [link["href"] for link in soup(client.get("/sok/", asked | more)).select(".hit > a")]

    before = [url for number in range(1, 6) for url in listed(page=number)]
    page = next(page for page in GuidancePage.objects.live() if page.url in before[10:])
    pin("människohandel", page=page)
    after = [url for number in range(1, 6) for url in listed(page=number)]
    assert after[0] == page.url
    assert after.count(page.url) == 1
    assert page.url in [url for number in range(1, 6) for url in listed(page=number, kind="page")]


def test_pinned_address_elsewhere_is_shown_with_its_words(client):
    pin("xyzzy", external_link_url="https://example.org/", external_link_text="Exempel", description="<b>Om</b>")
    hit = soup(client.get("/sok/", {"q": "xyzzy"})).select_one(".hit")
    assert (hit.a["href"], hit.a.text, hit.select_one("p:last-child").text) == (
        "https://example.org/",
        "Exempel",
        "<b>Om</b>",
    )


@pytest.mark.parametrize(("role", "status"), [("editor", 200), ("administrator", 200), ("author", 302)])
def test_editors_keep_pins_and_words_and_nobody_sees_a_report_of_queries(role, status):
    browser = Client()
    browser.force_login(admin_user(role))
    assert browser.get("/admin/searchpicks/add/").status_code == status
    assert browser.get("/admin/snippets/pages/searchsynonyms/add/").status_code == status
    assert not soup(browser.get("/admin/reports/site-history/", follow=True)).select('a[href*="search-terms"]')


def test_rights_are_those_of_the_models():
    for model in ("searchsynonyms", "searchpromotion"):
        assert Permission.objects.filter(content_type__model=model, group__name="editor").count() == 4
