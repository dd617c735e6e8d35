"""What the page of a municipality says of its social services."""

import datetime as dt

import pytest
from django.test import Client

from contacts.models import Coordinator, Municipality
from tests.reading import assert_numbers, soup, words

pytestmark = pytest.mark.django_db

PAGE, ENGLISH = "/kontakt/skane-lan/malmo/", "/en/contact/skane-county/malmo/"
DAYTIME, OUT_OF_HOURS = "040-628 04 70", "040-628 04 71"
SWITCHBOARD = "Fråga i kommunens växel."


def known(code: str = "1280", **fields: str) -> Municipality:
    """Give Malmö, or another municipality, numbers that come from somewhere."""
    Municipality.objects.filter(code=code).update(
        source="Malmö stads webbplats", checked_on=dt.date(2026, 11, 20), **fields
    )
    return Municipality.objects.get(code=code)


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
