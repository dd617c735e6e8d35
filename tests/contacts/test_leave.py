"""A coordinator's leave as readers see it on every page, from its first minute to its last."""

from datetime import date

import pytest

from tests.contacts.leaves import (
    AFTER,
    BEFORE,
    FIRST,
    LANGUAGES,
    LAST,
    NIGHT,
    NOON,
    ON_LEAVE,
    PLACES,
    at,
    card,
    numbers,
    update,
)
from tests.reading import PAIRS, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("strict_templates")]


# --- When


@pytest.mark.parametrize(("moment", "expected"), [(BEFORE, False), (FIRST, True), (LAST, True), (AFTER, False)])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
def test_leave_begins_and_ends_at_midnight_in_stockholm(client, entry, place, language, moment, expected):
    with at(moment):
        shown = card(client, PLACES[place][language == "en"])
    assert (ON_LEAVE[language] in words(shown)) == expected
    assert bool(shown.select(".coordinator__leave")) == expected
    assert bool(shown.select(".coordinator__leave:-soup-contains('Vera Vikarie')")) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2027-06-30T21:59:59+00:00", False),
        ("2027-06-30T22:00:00+00:00", True),
        ("2027-08-01T21:59:59+00:00", True),
        ("2027-08-01T22:00:00+00:00", False),
    ],
)
def test_leave_in_summer_turns_two_hours_before_midnight_utc(client, entry, moment, expected):
    update(entry, leave_from=date(2027, 7, 1), leave_until=date(2027, 8, 1))
    with at(moment):
        assert ("Ledig till och med 1 augusti." in words(card(client, PAIRS["county"][0]))) == expected


@at(NOON)
def test_last_day_of_another_year_is_told_with_the_year(client, entry):
    update(entry, leave_until=date(2027, 1, 6))
    assert "Ledig till och med 6 januari 2027." in words(card(client, PAIRS["county"][0]))
    assert "including 6 January 2027." in words(card(client, PAIRS["county"][1]))


@at("2026-11-30T12:00+01:00")
@pytest.mark.parametrize("address", [address for pair in PLACES.values() for address in pair])
def test_coming_leave_is_not_shown(client, entry, address):
    page = words(soup(client.get(address)).main).replace("Lena Ledig", "")
    assert "Kollega" in page
    assert not any(word in page for word in ("Ledig", "ledig", "On leave", "on leave", "december", "December"))


# --- What


@pytest.mark.parametrize(
    ("language", "moment", "said"),
    [
        ("sv", NOON, "Ledig till och med 20 december. Ring Vera Vikarie i stället: 040-628 04 11 direkt"),
        ("en", NOON, "On leave up to and including 20 December. Call Vera Vikarie instead: +46 40 628 04 11 direct"),
        (
            "sv",
            NIGHT,
            (
                "Ledig till och med 20 december."
                " Vera Vikarie svarar i stället, vardagar på kontorstid: 040-628 04 11 direkt stängt nu"
            ),
        ),
        (
            "en",
            NIGHT,
            (
                "On leave up to and including 20 December."
                " Vera Vikarie answers instead, on weekdays in office hours: +46 40 628 04 11 direct closed now"
            ),
        ),
    ],
)
@pytest.mark.parametrize("place", PLACES)
def test_deputys_number_stands_above_the_own_which_is_marked(client, entry, place, language, moment, said):
    with at(moment):
        shown = card(client, PLACES[place][language == "en"])
    assert words(shown.select_one(".coordinator__leave")) == said
    own = shown.select(":scope > .coordinator__numbers, .coordinator__today > .coordinator__numbers")
    assert [words(each) for each in own] == [
        {"sv": "040-628 04 22 direkt ledig", "en": "+46 40 628 04 22 direct on leave"}[language]
    ]
    assert numbers(shown)[-1] == numbers(own[0])[0]


@at(NOON)
def test_who_is_on_leave_comes_last(client, entry):
    for address in (*PLACES["county"], *PLACES["municipality"]):
        headings = [words(each) for each in soup(client.get(address)).select(".coordinator__name")]
        assert headings == ["Kollega Kvar", "Lena Ledig"]


@at(NOON)
def test_without_a_deputy_each_age_group_is_led_to_who_works_with_it(client, entry):
    update(entry, deputy=None)
    assert words(card(client, PAIRS["county"][0]).select_one(".coordinator__leave")) == (
        "Ledig till och med 20 december. För vuxna: Ring Kollega Kvar i stället: 040-628 04 33 direkt"
        " För barn och unga: Ring stödtelefonen i stället: 020-390 000"
    )
    assert words(card(client, PAIRS["county"][1]).select_one(".coordinator__leave")) == (
        "On leave up to and including 20 December. For adults: Call Kollega Kvar instead: +46 40 628 04 33 direct"
        " For children and young people: Call the support line instead: 020-390 000"
    )


@at("2026-12-02T06:00+01:00")
def test_stand_ins_who_are_closed_give_way_to_the_police(client, entry):
    update(entry, deputy=None)
    assert words(card(client, PAIRS["county"][0]).select_one(".coordinator__leave")) == (
        "Ledig till och med 20 december."
        " För vuxna: Kollega Kvar svarar i stället, vardagar på kontorstid: 040-628 04 33 direkt stängt nu"
        " För barn och unga: Stödtelefonen svarar i stället, när den är öppen: 020-390 000 stängt nu"
    )


@at(NOON)
def test_invented_stand_in_is_marked_as_an_example(client, entry, deputy):
    update(deputy, is_example=True)
    said = words(card(client, PAIRS["county"][0]).select_one(".coordinator__leave"))
    assert "Ring Vera Vikarie i stället: (exempel)" in said
