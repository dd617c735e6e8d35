"""What the lookup says to a town, to a postcode, and on the page of the place that it led to."""

import pytest

from tests.contacts.test_lookup_page import ENGLISH, SWEDISH, answer, choices
from tests.reading import PAIRS, assert_numbers, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.mark.usefixtures("strict_templates")
@pytest.mark.parametrize(
    ("address", "query", "said", "advice", "offered"),
    [
        (
            SWEDISH,
            "Rinkeby",
            "Menade du Rinkeby, Stockholm, Stockholms län?",
            "Orten kan finnas på flera håll. Skriv kommunen om ingen av dem stämmer.",
            {"Rinkeby, Stockholm, Stockholms län": "/kontakt/stockholms-lan/stockholm/"},
        ),
        (
            ENGLISH,
            "Rinkeby",
            "Did you mean Rinkeby, Stockholm, Stockholm County?",
            "There may be a place of this name elsewhere too. If none is right, enter the municipality.",
            {"Rinkeby, Stockholm, Stockholm County": "/en/contact/stockholm-county/stockholm/"},
        ),
        (
            SWEDISH,
            "Åby",
            "Vilken plats menar du med ”Åby”?",
            "Orten kan finnas på flera håll. Skriv kommunen om ingen av dem stämmer.",
            {
                "Åby, Norrköping, Östergötlands län": "/kontakt/ostergotlands-lan/norrkoping/",
                "Åby, Mölndal, Västra Götalands län": "/kontakt/vastra-gotalands-lan/molndal/",
            },
        ),
    ],
)
def test_locality_is_a_question_that_says_it_may_lie_elsewhere(client, *, address, query, said, advice, offered):
    page = answer(client, query, address)
    assert words(page.h1) == said
    assert page.title.text.startswith(said)
    assert words(page.select_one(".lookup-answer > p")) == advice
    assert choices(page) == offered


@pytest.mark.usefixtures("strict_templates")
@pytest.mark.parametrize("query", ["753 10", "75310", "SE-753 10"])
@pytest.mark.parametrize(
    ("address", "said"),
    [
        (SWEDISH, "Vi kan inte slå upp postnummer som ”{}”"),
        (ENGLISH, "We cannot look up postcodes such as “{}”"),
    ],
)
def test_postcode_is_answered_clearly_and_leads_on(client, address, query, said):
    page = answer(client, query, address)
    assert words(page.h1) == said.format(query)
    assert_numbers(page)
    assert len(page.select(".places--counties a")) == 21


@pytest.mark.parametrize("place", ["county", "municipality"])
@pytest.mark.parametrize("language", [0, 1])
def test_how_one_came_there_is_said_to_nobody_else(client, place, language):
    arrivals = soup(client.get(PAIRS[place][language])).select(".arrival")
    assert arrivals
    assert all(arrival.has_attr("hidden") for arrival in arrivals)
    assert words(arrivals[0]).startswith(("Du skrev ”", "You wrote “")[language])
