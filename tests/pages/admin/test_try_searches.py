"""Where editors try searches: what is found in every language, ways to change it, and nothing that is stored."""

import pytest
from django.test import Client
from wagtail.contrib.search_promotions.models import Query

from tests.config.accounts import admin_user
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/try-searches/"


@pytest.fixture
def editor() -> Client:
    browser = Client()
    browser.force_login(admin_user("editor"))
    return browser


def test_view_shows_what_each_search_finds_in_both_languages(editor):
    page = soup(editor.post(ADDRESS, {"queries": "betänketid\n\nreflecton period\nMalmö\nxyzzyxyzzy"}))
    trials = {section.h2.text: section for section in page.select("main section")}
    assert list(trials) == ["betänketid", "reflecton period", "Malmö", "xyzzyxyzzy"]
    found = [link["href"] for link in trials["betänketid"].select("ol a")]
    assert found[0] == "/vagledning/betanketid/"
    assert "/en/guidance/reflection-period/" in found
    assert "”reflection period”" in words(trials["reflecton period"])
    assert trials["Malmö"].select('a[href="/kontakt/skane-lan/malmo/"]')
    assert not trials["xyzzyxyzzy"].select("ol")


def test_view_leads_to_a_synonym_and_to_a_pin_with_the_words(editor):
    page = soup(editor.post(ADDRESS, {"queries": "sjukgymnast & co"}))
    synonym, pin = page.select("main section p > a.button")
    assert soup(editor.get(synonym["href"])).select_one("textarea[name=words_sv]").text.strip() == "sjukgymnast & co"
    assert soup(editor.get(pin["href"])).select_one("input[name=query_string]")["value"] == "sjukgymnast & co"


def test_nothing_of_a_trial_is_stored(editor):
    editor.post(ADDRESS, {"queries": "betänketid"})
    assert not Query.objects.exists()


def test_number_of_trials_is_limited_and_nothing_to_try_is_told(editor):
    page = soup(editor.post(ADDRESS, {"queries": "\n".join(f"ord{number}" for number in range(50))}))
    assert len(page.select("main section")) == 20
    assert soup(editor.post(ADDRESS, {"queries": " "})).select_one("#queries-errors, .w-field__errors, .error-message")


def test_author_does_not_try_searches():
    browser = Client()
    browser.force_login(admin_user("author"))
    assert browser.get(ADDRESS).status_code == 302
    assert not soup(browser.get("/admin/")).find(string=lambda text: "try-searches" in text)
