"""Editors find municipalities and keep their numbers, and nothing else of the register."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from contacts.models import Municipality
from pages.models import site_version
from tests.contacts.own_pages import held_entry, opened, signed_in
from tests.contacts.sign_ins import editing, sent_by
from tests.contacts.test_municipality_numbers import DAYTIME, OUT_OF_HOURS, PAGE, known
from tests.reading import soup, words

pytestmark = pytest.mark.django_db

LIST = reverse("wagtailsnippets_contacts_municipality:list")


def form_of(code: str) -> str:
    return reverse("wagtailsnippets_contacts_municipality:edit", args=[code])


def listed(browser: Client, **query: str) -> list[str]:
    html = soup(browser.get(LIST, query))
    return [words(title) for title in html.select("table.listing tbody [id^=snippet_]")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "ÅMÅL"}, ["Åmål"]),
        ({"q": "gothenburg"}, ["Göteborg"]),
        ({"q": "0114"}, ["Upplands Väsby"]),
        ({"county": "09"}, ["Gotland"]),
        ({"county": "10", "q": "karls"}, ["Karlshamn", "Karlskrona"]),
    ],
)
def test_editor_finds_a_municipality(query, found):
    assert sorted(listed(editing(), **query)) == found


@pytest.mark.parametrize(
    ("without", "found"),
    [("number", {"Lund", "Malmö"}), ("website", {"Lund", "Lomma"}), ("both", {"Lund"})],
)
def test_editor_finds_what_is_not_known(without, found):
    known(website="https://malmo.example.se/")
    known("1262", out_of_hours_number="+46406280471")
    assert set(listed(editing(), county="12", without=without)) & {"Malmö", "Lund", "Lomma"} == found


def test_list_shows_county_numbers_and_date():
    known(social_services_number="+46406280470")
    row = words(soup(editing().get(LIST, {"q": "malmö"})).select_one("table.listing tbody"))
    for shown in ("Skåne län", DAYTIME, "20 november 2026"):
        assert shown in row


def test_list_does_not_ask_more_for_more_rows():
    browser = editing()

    def count(query: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert listed(browser, q=query)
        return len(queries)

    count("malmö")  # content types and the like are read once per process
    assert count("a") == count("malmö")


def test_editor_changes_the_numbers_and_nothing_of_the_register():
    browser, version = editing(), site_version()
    html = soup(browser.get(form_of("1280")))
    fields = {field["name"] for field in html.select("#w-editor-form [name]:not([type=hidden], button)")}
    assert fields == {"social_services_number", "out_of_hours_number", "website", "source", "checked_on"}
    browser.post(
        form_of("1280"),
        sent_by(html)
        | {
            "social_services_number": DAYTIME,
            "website": "https://malmo.example.se/",
            "source": "Växeln",
            "checked_on": "2026-11-20",
            "name_sv": "Annat",
            "slug_sv": "annat",
            "code": "9999",
            "county": "01",
        },
    )
    row = Municipality.objects.get(code="1280")
    assert (row.name_sv, row.slug_sv, row.county_id) == ("Malmö", "malmo", "12")
    assert (row.social_services_number.as_e164, row.source) == ("+46406280470", "Växeln")
    assert site_version() > version
    assert DAYTIME in words(soup(Client().get(PAGE)))


def test_old_values_of_an_editors_change_are_logged():
    known(social_services_number="+46406280470")
    browser = editing()
    sent = sent_by(soup(browser.get(form_of("1280")))) | {"social_services_number": OUT_OF_HOURS, "source": "Växeln"}
    browser.post(form_of("1280"), sent)
    browser.post(form_of("1280"), sent)
    (logged,) = ModelLogEntry.objects.for_instance(Municipality(code="1280"))
    assert logged.user.username == "redaktor"
    assert logged.data["changes"]["social_services_number"] == {"old": "+46406280470", "new": "+46406280471"}


@pytest.fixture
def corrected(mail) -> Callable[..., None]:
    """Return a function that corrects Malmö as a coordinator."""
    own = signed_in(held_entry())

    def correct(**typed: str) -> None:
        page = "/koordinator/kommuner/1280/"
        assert own.post(page, opened(own, page) | typed).status_code == 302

    return correct


def test_editor_who_opened_the_form_before_a_correction_is_told_and_nothing_is_lost(corrected):
    known(social_services_number="+46406280470", out_of_hours_number="+46406280471")
    browser = editing()
    before = sent_by(soup(browser.get(form_of("1280"))))
    corrected(out_of_hours_number="040-628 04 72")

    html = soup(browser.post(form_of("1280"), before | {"social_services_number": "040-628 04 73"}))

    told = words(html.select_one(".messages .error"))
    assert "Ny Koordinator" in told
    assert f"{OUT_OF_HOURS} → 040-628 04 72" in told
    assert Municipality.objects.get(code="1280").social_services_number.as_e164 == "+46406280470"
    assert browser.post(form_of("1280"), sent_by(html)).status_code == 302
    saved = Municipality.objects.get(code="1280")
    assert saved.social_services_number.as_e164 == "+46406280473"
    assert saved.out_of_hours_number.as_e164 == "+46406280472"


@pytest.mark.parametrize("code", ["1281", ""], ids=["of another municipality", "missing"])
def test_editors_form_with_the_wrong_stamp_replaces_nothing_unseen(code):
    known(social_services_number="+46406280470")
    browser = editing()
    sent = sent_by(soup(browser.get(form_of("1280"))))
    sent["edit_token"] = sent_by(soup(browser.get(form_of(code))))["edit_token"] if code else ""
    html = soup(browser.post(form_of("1280"), sent | {"social_services_number": OUT_OF_HOURS}))
    assert html.select_one(".messages .error")
    assert Municipality.objects.get(code="1280").social_services_number.as_e164 == "+46406280470"


@pytest.mark.parametrize(
    "sent",
    [
        {"social_services_number": DAYTIME},
        {"social_services_number": DAYTIME, "source": "Växeln"},
        {"website": "https://malmo.example.se/", "checked_on": "2026-11-20"},
        {"social_services_number": "040-1", "source": "Växeln", "checked_on": "2026-11-20"},
        {"website": "javascript:alert(1)", "source": "Växeln", "checked_on": "2026-11-20"},
    ],
)
def test_number_without_source_and_what_is_no_number_are_refused(sent):
    before = Municipality.objects.filter(code="1280").values().get()
    answer = editing().post(form_of("1280"), sent)
    assert soup(answer).select_one(".messages .error")
    assert Municipality.objects.filter(code="1280").values().get() == before


def test_editor_neither_adds_nor_deletes_municipalities():
    browser = editing()
    for name, arguments in (("add", []), ("delete", ["1280"])):
        address = reverse(f"wagtailsnippets_contacts_municipality:{name}", args=arguments)
        browser.post(address, {})
        assert browser.get(address).status_code in {302, 403}
    assert Municipality.objects.count() == 290
