"""A leave on ready pages, and where it is told without a state or not at all: files, previews, the own entry."""

import csv
import io
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from pages.render_context import RenderContext, collecting
from tests.contacts.cards import read_cards
from tests.contacts.leaves import (
    AFTER,
    BEFORE,
    FIRST,
    LANGUAGES,
    LEAVE,
    NIGHT,
    NOON,
    ON_LEAVE,
    PLACES,
    at,
    card_in,
    update,
)
from tests.contacts.own_pages import CHANGE, ENTRY, signed_in
from tests.reading import PAIRS, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("strict_templates")]


# --- Ready pages


def built(client: Client, address: str, moment: str) -> tuple[str, str, datetime]:
    """Build a page for the cache: the card on it, the same after it has expired, and when that is."""
    with at(moment), collecting(context := RenderContext({})):
        bodies = context.variants(client.get(address).content)
    mains = [BeautifulSoup(body, "html.parser").main for body in bodies]
    current, fallback = (words(card_in(main, "Lena Ledig")) for main in mains)
    return current, fallback, context.expires_at


IN_WORDS = {
    "sv": "Ledig från och med 1 december 2026 till och med 20 december 2026. Ersättare: Vera Vikarie, 040-628 04 11",
    "en": "On leave from 1 December 2026 up to and including 20 December 2026. Deputy: Vera Vikarie, +46 40 628 04 11",
}
STATES = ("stängt nu", "Stängt nu", "closed now", "Closed now", "i stället", "instead", "direkt ledig", "114 14")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("moment", "expires"),
    [
        ("2026-11-30T12:00+01:00", "2026-11-30T16:00+01:00"),
        ("2026-11-30T20:00+01:00", FIRST),
        (NOON, "2026-12-02T16:00+01:00"),
        ("2026-12-20T12:00+01:00", AFTER),
    ],
)
def test_ready_page_ends_with_what_it_says_and_then_tells_the_days_alone(
    client, entry, place, language, moment, expires
):
    current, fallback, expires_at = built(client, PLACES[place][language == "en"], moment)
    assert expires_at == datetime.fromisoformat(expires).astimezone(UTC)
    assert (ON_LEAVE[language] in current) == (moment >= FIRST)
    assert IN_WORDS[language] in fallback.replace(" ,", ",")
    assert not [state for state in STATES if state in fallback]


def test_ready_page_after_the_leave_says_nothing_of_it(client, entry):
    _current, fallback, _expires_at = built(client, PAIRS["county"][0], "2026-12-21T12:00+01:00")
    assert "december" not in fallback
    assert "Svarar vardagar på kontorstid" in fallback


@pytest.mark.parametrize("moment", [NOON, NIGHT])
def test_card_of_the_search_shows_the_hours_where_the_moment_is_not_known(client, moment):
    """Within `.coordinator__today`, which has a state of its own, they would be hidden."""
    with at(moment), collecting(context := RenderContext({})):
        current, fallback = context.variants(client.get("/sok/?q=malmö").content)
    today, *_others = soup_of(current).select(".place-card .coordinator")
    assert today.select_one(".coordinator__today")
    cards = soup_of(fallback).select(".place-card .coordinator")
    assert len(cards) > 1
    for card in cards:
        assert not card.select(".coordinator__today")
        assert "Svarar vardagar på kontorstid" in words(card.select_one(".coordinator__words"))


def soup_of(body: bytes) -> BeautifulSoup:
    return BeautifulSoup(body, "html.parser")


# --- What carries no state


def test_vcards_are_the_same_before_during_and_after(client, entry):
    addresses = (f"/register/coordinators/{entry.uid}.vcf", "/register/counties/12.vcf", "/en/register/counties/12.vcf")
    for address in addresses:
        found = []
        for moment in (BEFORE, NOON, NIGHT, AFTER):
            with at(moment):
                found.append(client.get(address))
        assert len({each.content for each in found}) == 1
        assert "040-628 04 22".replace("0", "+46 ", 1).replace("-", " ") in read_cards(found[0])[0].texts("TEL")[0]
        text = found[0].content.decode().replace("\r\n ", "")
        assert not any(
            word in text.replace("Lena Ledig", "") for word in ("edig", "leave", "december", "tängt", "losed")
        )


def rows(client: Client) -> tuple[dict[str, dict], dict[str, dict]]:
    """Return the register of coordinators by identifier, as JSON and as CSV have it."""
    data = client.get("/register/coordinators.json").json()["coordinators"]
    table = client.get("/register/coordinators.csv").content.decode("utf-8-sig")
    return tuple(
        {row["uid"]: row for row in each} for each in (data, csv.DictReader(io.StringIO(table), delimiter=";"))
    )


def test_registers_carry_the_days_and_the_deputy_at_any_time(client, entry, deputy):
    found = []
    for moment in (BEFORE, NOON, NIGHT, AFTER):
        with at(moment):
            found.append(rows(client))
    assert found == [found[0]] * 4
    for register in found[0]:
        row = register[str(entry.uid)]
        assert (row["leave_from"], row["leave_until"], row["deputy"]) == ("2026-12-01", "2026-12-20", str(deputy.uid))
        assert not register[str(deputy.uid)]["leave_from"]


@pytest.mark.parametrize("address", PAIRS["registers"])
def test_registers_explain_the_days(client, address):
    page = soup(client.get(address))
    said = {words(name): words(name.find_next("dd")) for name in page.select("dt")}
    first, last = [
        ("Första dagen av en ledighet", "Sista dagen av ledigheten, då ersättaren svarar"),
        ("First day of a leave", "Last day of the leave, during which the deputy answers"),
    ][address == PAIRS["registers"][1]]
    assert (said["leave_from"], said["leave_until"]) == (first, last)


# --- Previews and the own entry


@at(NOON)
def test_previews_show_what_readers_see(editor, entry):
    shown = soup(signed_in(entry).get(ENTRY)).main
    for language in LANGUAGES:
        preview = shown.select_one(f"[lang={language}] .coordinator__leave")
        assert ON_LEAVE[language] in words(preview)
        assert "Vera Vikarie" in words(preview)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (BEFORE, "Från och med 1 december 2026 till och med 20 december 2026 ser läsarna att Lena Ledig är ledig"),
        (NOON, "Läsarna ser att Lena Ledig är ledig till och med 20 december 2026, och vem de ska ringa i stället."),
        (AFTER, None),
    ],
)
def test_own_entry_says_what_readers_see_of_the_leave(entry, moment, said):
    with at(moment):
        leave = soup(signed_in(entry).get(ENTRY)).main.select_one("section:has(#leave)")
    assert (leave is None) == (said is None)
    if said:
        assert said in words(leave)
        assert "De ombeds ringa Vera Vikarie." in words(leave)


@at(NOON)
def test_own_entry_that_readers_do_not_see_says_nothing_of_what_they_see(entry):
    update(entry, live=False)
    page = soup(signed_in(entry).get(ENTRY)).main
    assert "inte publicerad" in words(page)
    assert not page.select("#leave")


@at(NOON)
def test_own_entry_tells_when_no_deputy_can_answer(entry, deputy):
    update(deputy, **LEAVE)
    leave = words(soup(signed_in(entry).get(ENTRY)).main.select_one("section:has(#leave)"))
    assert "Det finns ingen ersättare som kan svara då." in leave
    assert "Vera" not in leave


@at(BEFORE)
def test_form_says_what_the_days_do(entry):
    form = words(soup(signed_in(entry).get(CHANGE)).main)
    assert "Från den här dagen ser läsarna att du är ledig. Ovanför dina nummer står numret" in form
    assert "Vid midnatt upphör ledigheten av sig själv." in form
