"""What the page of a municipality says of its social services."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from contacts.models import Coordinator, Municipality
from tests.reading import assert_numbers, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("in_office_hours")]

PAGE, ENGLISH = "/kontakt/skane-lan/malmo/", "/en/contact/skane-county/malmo/"
DAYTIME, OUT_OF_HOURS = "040-628 04 70", "040-628 04 71"
SWITCHBOARD = "Fråga kommunens växel på kontorstid."
MEANWHILE = "Utanför kontorstid: i flera kommuner når du socialjouren via 112 , annars polisen, 114 14 ."
NIGHT = "2026-11-24T23:00+01:00"
QUIET = ".social-services__text--quiet"


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
        "Kommunens webbplats": "https://malmo.example.se/",
    }
    assert words(box).endswith("Källa: Malmö stads webbplats. Kontrollerat 20 november 2026.")
    assert SWITCHBOARD not in words(box)
    assert MEANWHILE not in words(box)


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


BOTH = {"social_services_number": "+46406280470", "out_of_hours_number": "+46406280471"}
DAY, JOUR, DANGER, POLICE = "tel:+46-40-628-04-70", "tel:+46-40-628-04-71", "tel:112", "tel:11414"


@pytest.mark.usefixtures("strict_templates")
@pytest.mark.parametrize(
    ("names", "by_day", "by_night"),
    [
        ([], [DANGER, POLICE], [DANGER, POLICE]),
        (["social_services_number"], [DAY, DANGER, POLICE], [DANGER, POLICE, DAY]),
        (["out_of_hours_number"], [JOUR], [JOUR]),
        (list(BOTH), [DAY, JOUR], [JOUR, DAY]),
    ],
)
def test_what_is_not_known_is_said_and_never_guessed_and_what_answers_comes_first(client, names, by_day, by_night):
    known(**{name: BOTH[name] for name in names}, website="https://malmo.example.se/")
    for moment, links in ((None, by_day), (NIGHT, by_night)):
        with time_machine.travel(moment or dt.datetime.now(dt.UTC)):
            box = social_services(client)
            urgent = soup(client.get(PAGE)).select_one(".call .call__row--urgent")
        assert [link["href"] for link in box.select("a[href^='tel:']")] == links
        assert (SWITCHBOARD in words(box)) == ("social_services_number" not in names)
        assert (MEANWHILE in words(box)) == ("out_of_hours_number" not in names)
        assert ("Vi saknar numret till socialjouren." in words(box)) == ("out_of_hours_number" not in names)
        assert len(urgent.select("a")) == (2 if "out_of_hours_number" in names else 1)


def test_english_words_for_what_is_not_known(client):
    assert words(social_services(client, ENGLISH)) == (
        "Social services in Malmö We do not have a number for the social services in the daytime. Ask the"
        " municipality’s switchboard in office hours. We do not have a number for the out-of-hours social services. Out"
        " of office hours: in several municipalities you reach them through 112 ; otherwise the police, 114 14 ."
    )


def test_number_of_the_daytime_is_closed_at_night_and_says_so(client):
    known(**BOTH)
    assert DAY not in [link["href"] for link in social_services(client).select(f"{QUIET} a")]
    with time_machine.travel(NIGHT):
        (closed,) = social_services(client).select(QUIET)
        english = soup(client.get(ENGLISH)).select_one(QUIET)
    assert words(closed) == f"{DAYTIME} socialtjänsten, på kontorstid stängt nu"
    assert words(english) == "+46 40 628 04 70 social services, in office hours closed now"


def test_section_comes_before_who_is_closed_at_night_and_after_who_is_there_by_day(client):
    def order(address: str) -> list[str]:
        found = soup(client.get(address)).main.select("#social-services, .coordinator")
        return [each.get("id") or "coordinator" for each in found]

    by_day = ["coordinator", "coordinator", "social-services"]
    assert order(PAGE) == by_day
    with time_machine.travel(NIGHT):
        assert order(PAGE) == by_day[::-1]


def test_card_of_the_search_has_who_answers_in_the_same_order(client):
    known(out_of_hours_number="+46406280471", social_services_number="+46406280472")

    def order() -> list[str]:
        people = soup(client.get("/sok/?q=malmö")).select(".place-card__people > li")
        return ["coordinator" if "coordinator" in each["class"] else "service" for each in people]

    by_day = ["coordinator", "coordinator", "service"]
    assert order() == by_day
    assert "040-628 04 72" in words(soup(client.get("/sok/?q=malmö")).select_one(".place-card"))
    with time_machine.travel(NIGHT):
        assert order() == by_day[::-1]
        assert OUT_OF_HOURS in words(soup(client.get("/sok/?q=malmö")).select_one(".place-card"))


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
