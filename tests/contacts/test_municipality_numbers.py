"""What the page of a municipality says of its social services, and who may change it in the admin."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import ModelLogEntry

from contacts.models import Coordinator, Municipality
from pages.models import site_version
from tests.contacts.sign_ins import editing
from tests.reading import assert_numbers, soup, words

pytestmark = pytest.mark.django_db

PAGE, ENGLISH = "/kontakt/skane-lan/malmo/", "/en/contact/skane-county/malmo/"
DAYTIME, OUT_OF_HOURS = "040-628 04 70", "040-628 04 71"
SWITCHBOARD = "Fråga i kommunens växel."


def known(**fields: str) -> Municipality:
    """Give Malmö numbers that come from somewhere."""
    Municipality.objects.filter(code="1280").update(
        source="Malmö stads webbplats", checked_on=dt.date(2026, 11, 20), **fields
    )
    return Municipality.objects.get(code="1280")


def social_services(client: Client, address: str = PAGE):
    page = soup(client.get(address))
    assert_numbers(page)
    return page.select_one("#social-services")


@pytest.mark.usefixtures("strict_templates")
def test_numbers_are_shown_and_dialled_with_source_and_date(client):
    known(
        social_services_number="+46406280470", out_of_hours_number="+46406280471", website="https://malmo.example.se/"
    )
    box = social_services(client)
    assert {words(link): link["href"] for link in box.select("a")} == {
        OUT_OF_HOURS: "tel:+46-40-628-04-71",
        DAYTIME: "tel:+46-40-628-04-70",
        "Webbplatsen för Malmö": "https://malmo.example.se/",
    }
    assert words(box).endswith("Källa: Malmö stads webbplats. Kontrollerat 20 november 2026.")
    assert SWITCHBOARD not in words(box)


def test_english_page_writes_them_internationally(client):
    known(social_services_number="+46406280470", out_of_hours_number="+46406280471")
    box = social_services(client, ENGLISH)
    assert words(box.select_one("h2")) == "Social services in Malmö"
    assert "+46 40 628 04 71" in words(box)
    assert "Checked 20 November 2026." in words(box)


def test_urgent_level_leads_to_the_out_of_hours_number(client):
    known(out_of_hours_number="+46406280471")
    urgent = soup(client.get(PAGE)).select_one(".call .call__row--urgent")
    assert urgent.select_one("a[href='tel:11414']")
    assert words(urgent.select_one("a[href='tel:+46-40-628-04-71']")) == OUT_OF_HOURS
    assert "Socialjouren i Malmö" in words(urgent)


@pytest.mark.usefixtures("strict_templates")
@pytest.mark.parametrize(
    ("fields", "links"),
    [
        ({}, []),
        ({"website": "https://malmo.example.se/"}, ["https://malmo.example.se/"]),
        ({"social_services_number": "+46406280470"}, ["tel:+46-40-628-04-70"]),
        ({"out_of_hours_number": "+46406280471"}, ["tel:+46-40-628-04-71"]),
    ],
)
def test_what_is_not_known_is_said_and_never_guessed(client, fields, links):
    if fields:
        known(**fields)
    box = social_services(client)
    assert SWITCHBOARD in words(box)
    assert [link["href"] for link in box.select("a")] == links
    assert ("Källa" in words(box)) == bool(fields)
    urgent = soup(client.get(PAGE)).select_one(".call .call__row--urgent")
    assert len(urgent.select("a")) == (2 if "out_of_hours_number" in fields else 1)


def test_municipality_without_coordinator_shows_its_numbers_too(client):
    Coordinator.objects.all().delete()
    known(out_of_hours_number="+46406280471")
    assert OUT_OF_HOURS in words(social_services(client))


def test_page_of_a_county_has_no_social_services(client):
    known(out_of_hours_number="+46406280471")
    page = soup(client.get("/kontakt/skane-lan/"))
    assert page.select("#social-services") == []
    assert OUT_OF_HOURS not in words(page)


def test_text_of_the_source_is_no_markup(client):
    known(website="https://example.se/")
    Municipality.objects.filter(code="1280").update(source="<script>alert(1)</script>")
    box = social_services(client)
    assert box.select("script") == []
    assert "<script>alert(1)</script>" in words(box)


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
        {
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
    sent = {"social_services_number": OUT_OF_HOURS, "source": "Växeln", "checked_on": "2026-11-20"}
    browser = editing()
    browser.post(form_of("1280"), sent)
    browser.post(form_of("1280"), sent)
    (logged,) = ModelLogEntry.objects.for_instance(Municipality(code="1280"))
    assert logged.user.username == "redaktor"
    assert logged.data["changes"]["social_services_number"] == {"old": "+46406280470", "new": "+46406280471"}


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
    answer = editing().post(form_of("1280"), sent)
    assert soup(answer).select_one(".messages .error")
    row = Municipality.objects.get(code="1280")
    assert (row.social_services_number, row.website) == ("", "") or not row.source


def test_editor_neither_adds_nor_deletes_municipalities():
    browser = editing()
    for name, arguments in (("add", []), ("delete", ["1280"])):
        address = reverse(f"wagtailsnippets_contacts_municipality:{name}", args=arguments)
        browser.post(address, {})
        assert browser.get(address).status_code in {302, 403}
    assert Municipality.objects.count() == 290
