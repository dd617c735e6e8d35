"""What the search page answers: cards of places, slips, guesses, numbers, excerpts, and pages in one language only."""

import re

import pytest
import time_machine

from contacts.models import Municipality
from tests import factories
from tests.reading import soup, words

pytestmark = pytest.mark.django_db


@time_machine.travel("2026-11-24T23:00+01:00")  # by day it is the social services who answer
def test_place_comes_first_as_a_card_with_numbers(client):
    municipality = Municipality.objects.get(code="1280")
    municipality.out_of_hours_number = "040-628 04 01"
    municipality.source, municipality.checked_on = "Exempel", "2026-11-24"
    municipality.save()

    main = soup(client.get("/sok/", {"q": "socialjour i malmö"})).main

    card = main.select_one(".place-card")
    assert words(card.h2) == "Malmö, Skåne län"
    assert {"tel:+46-40-628-04-01"} <= {link["href"] for link in card.select("a[href^=tel]")}
    assert card.select(".coordinator__number")
    assert "/kontakt/skane-lan/malmo/" not in [link["href"] for link in main.select(".hit > a")]


def test_word_that_is_also_a_place_gives_no_card(client):
    assert not soup(client.get("/sok/", {"q": "kan det vara människohandel"})).select(".place-card")


def test_slip_is_asked_about_and_leads_to_the_word_that_has_hits(client):
    answer = soup(client.get("/sok/", {"q": "betnäketid"})).select_one(".search-answer")
    assert re.match(
        r"Inga träffar på ” betnäketid ”\. Menade du betänketid ?\? Här är \d+ träffar på det\.", words(answer)
    )
    asked = soup(client.get("/sok/" + answer.a["href"]))
    assert asked.select_one("input[name=q]")["value"] == "betänketid"
    assert asked.select_one(".hit a")["href"] == "/vagledning/betanketid/"
    assert "Menade du" not in words(asked.main)


def test_nothing_is_found_and_the_page_says_how_to_go_on(client):
    main = soup(client.get("/sok/", {"q": "xyzzyxyzzy"})).main
    assert "Inga träffar på ” xyzzyxyzzy ”" in words(main)
    assert main.select_one("p:not([role]) a")["href"] == "/kontakt/"
    assert not main.select(".hit, h2")


def test_nearest_pages_are_a_guess_and_not_counted(client):
    main = soup(client.get("/sok/", {"q": "förargelse"})).main
    assert words(main.select_one(".search-answer")) == "Inga träffar på ” förargelse ”."
    assert main.h2.text == "Närmast det du skrev"
    assert "Det här är en gissning" in words(main)
    assert 1 <= len(main.select(".hit")) <= 5
    assert not soup(client.get("/sok/", {"q": "0707123123"})).select(".hit"), "a number is never guessed"


@pytest.mark.parametrize(
    ("address", "query", "title"),
    [
        ("/sok/", "betnäketid", r"betnäketid: \d+ träffar – Sök – "),
        ("/en/search/", "xyzzyxyzzy", r"xyzzyxyzzy: 0 results – Search – "),
        ("/sok/", "", "Sök – "),
    ],
)
def test_title_tells_the_query_and_how_much_is_found(client, address, query, title):
    assert re.match(title, soup(client.get(address, {"q": query})).title.text)


def test_page_that_is_only_in_swedish_comes_last_in_english_and_says_so(client):
    page = factories.guidance(title="Victims i Zebrafiske", slug="zebra")
    hits = soup(client.get("/en/search/", {"q": "victims"})).select(".hit")
    assert len(hits) > 1
    assert not any("Only in" in words(hit) for hit in hits[:-1])
    last = soup(client.get("/en/search/", {"q": "zebrafiske"})).select(".hit")[-1]
    assert (last.a["href"], last.a["lang"], last.a["hreflang"]) == (page.url, "sv", "sv")
    assert words(last.select_one(".hit__place")).startswith("Only in Swedish")
    assert not soup(client.get("/sok/", {"q": "zebrafiske"})).find(string=lambda text: "Bara på" in text)


def test_part_of_the_manual_tells_its_number(client):
    hit = soup(client.get("/sok/", {"q": "2.1"})).select_one(".hit a")
    assert words(hit).startswith("2.1 ")


def test_excerpt_is_the_lead_where_the_title_says_what_was_asked_for_and_never_a_footnote(client):
    page = factories.guidance(
        title="Zebrafiske",
        lead="Ingressen.",
        body=[{"type": "text", "value": "<p>Zebrafiske zebrafiske[^1].</p>"}],
        footnotes=[{"type": "footnote", "value": "<p>Noten om zebrafiske och gnejs.</p>"}],
    )
    (hit,) = soup(client.get("/sok/", {"q": "zebrafiske"})).select(".hit")
    assert (hit.a["href"], hit.select_one("p:last-child").text) == (page.url, "Ingressen.")
    (hit,) = soup(client.get("/sok/", {"q": "gnejs"})).select(".hit")
    assert "Noten" not in words(hit)


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("mark", ["Mark, Västra Götalands län"]),
        ("på egen mark", []),
        ("socialjour mark", ["Mark, Västra Götalands län"]),
        ("skyddat boende berg", []),
        ("Karin Lund", []),
        ("i Lund", ["Lund, Skåne län"]),
        ("jobb i handen", []),
        ("Malmö och Lund", ["Malmö, Skåne län", "Lund, Skåne län"]),
        ("Umeås socialjour eller Kiruna", ["Umeå, Västerbottens län", "Kiruna, Norrbottens län"]),
        ("marks kommun", ["Mark, Västra Götalands län"]),
        ("rinkeby", ["Rinkeby, Stockholm, Stockholms län"]),
        ("socialjour i Rosengård", ["Rosengård, Malmö, Skåne län"]),
        ("person", []),
    ],
)
def test_every_place_that_is_named_has_a_card_and_a_word_that_looks_like_one_has_none(client, query, places):
    cards = soup(client.get("/sok/", {"q": query})).select(".place-card > h2")
    assert [words(card) for card in cards] == places
