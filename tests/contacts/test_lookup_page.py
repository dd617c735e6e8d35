"""The lookup as a reader meets it: one field that leads to a place, offers a choice, or says whom to call."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contacts.models import ContactsPage
from tests.reading import FROM_ABROAD, NUMBERS, PAIRS, assert_numbers, soup, words

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

SWEDISH, ENGLISH = PAIRS["contacts"]
# Every page that has the field: the start pages, the lookup itself, and what is not found.
FORMS = [*PAIRS["home"], *PAIRS["contacts"], "/finns-inte/", "/en/finns-inte/"]


def submit(client: Client, page: BeautifulSoup, query: str) -> HttpResponse:
    """Fill in the page's only field for places and send it as a browser without script does."""
    (form,) = page.select('form[role="search"]:has(#lookup-field)')
    (field,) = form.select("input")
    assert form["method"] == "get"
    return client.get(form["action"], {field["name"]: query}, follow=True)


def answer(client: Client, query: str, address: str = SWEDISH) -> BeautifulSoup:
    """Return the answer of a query that leads to no place."""
    return soup(client.get(address, {"q": query}))


def choices(page: BeautifulSoup) -> dict[str, str]:
    """Return the offered places and where they lead."""
    return {words(link): link["href"] for link in page.select(".lookup-answer .places a")}


# --- An exact name.


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize(
    ("query", "arrival"),
    [("Göteborg", "goteborg"), ("gbg", "gbg"), ("Gothenburg", "gothenburg"), ("  i GÖTEBORGS STAD ", "goteborgs")],
)
def test_name_leads_from_every_field_to_the_place(client, address, query, arrival):
    page = BeautifulSoup(client.get(address).content, "html.parser")
    response = submit(client, page, query)
    place = soup(response)
    english = address.startswith("/en/")
    ((target, status),) = response.redirect_chain
    assert status == 302
    assert target == f"{PAIRS['municipality'][english]}#typed-{arrival}"
    assert place.select_one(f"#typed-{arrival} a")["href"] == PAIRS["contacts"][english]
    assert place.h1.text == ("Gothenburg, Västra Götaland County" if english else "Göteborg, Västra Götalands län")
    assert place.main.select('.coordinator a[href^="tel:+46-31-390-06-"]')
    assert_numbers(place)
    assert place.main.find("a", href="/en/manual/emergency-protection/" if english else "/manual/akut-skydd/")


@pytest.mark.parametrize(
    ("address", "query", "target"),
    [
        (SWEDISH, "Skåne", "/kontakt/skane-lan/"),
        (SWEDISH, "region skane", "/kontakt/skane-lan/"),
        (ENGLISH, "Skåne County", "/en/contact/skane-county/"),
        (ENGLISH, "Skåne län", "/en/contact/skane-county/"),
        (SWEDISH, "Stockholm County", "/kontakt/stockholms-lan/"),
        (SWEDISH, "Håbo", "/kontakt/uppsala-lan/habo/"),
        (SWEDISH, "Malung-Sälen", "/kontakt/dalarnas-lan/malung-salen/"),
        (ENGLISH, "Umeå", "/en/contact/vasterbotten-county/umea/"),
    ],
)
def test_name_of_either_language_leads_to_the_page_in_the_readers(client, address, query, target):
    response = client.get(address, {"q": query})
    assert response.status_code == 302
    assert response["Location"].partition("#typed-")[0] == target
    assert client.get(target).status_code == 200


# --- Several places, a guess, none.


@pytest.mark.usefixtures("strict_templates")
@pytest.mark.parametrize(
    ("address", "said", "offered"),
    [
        (
            SWEDISH,
            "Flera kommuner eller län passar in på ”habo”",
            {
                "Habo, Jönköpings län": "/kontakt/jonkopings-lan/habo/",
                "Håbo, Uppsala län": "/kontakt/uppsala-lan/habo/",
            },
        ),
        (
            ENGLISH,
            "Several municipalities or counties match “habo”",
            {
                "Habo, Jönköping County": "/en/contact/jonkoping-county/habo/",
                "Håbo, Uppsala County": "/en/contact/uppsala-county/habo/",
            },
        ),
    ],
)
def test_several_places_give_a_choice_that_tells_them_apart(client, address, said, offered):
    page = answer(client, "habo", address)
    assert words(page.h1) == said
    assert choices(page) == offered
    for label, target in offered.items():
        assert soup(client.get(target)).h1.text == label


def test_historical_province_gives_a_choice_of_counties(client):
    assert list(choices(answer(client, "Småland"))) == ["Jönköpings län", "Kronobergs län", "Kalmar län"]


@pytest.mark.usefixtures("strict_templates")
@pytest.mark.parametrize(
    ("address", "said", "label"),
    [
        (
            SWEDISH,
            "Ingen kommun och inget län heter ”Götebrog”. Menade du någon av de här?",
            "Göteborg, Västra Götalands län",
        ),
        (
            ENGLISH,
            "No municipality or county is called “Götebrog”. Did you mean one of these?",
            "Gothenburg, Västra Götaland County",
        ),
    ],
)
def test_misspelled_name_is_a_question_and_never_followed(client, address, said, label):
    page = answer(client, "Götebrog", address)
    assert words(page.h1) == said
    assert choices(page) == {label: PAIRS["municipality"][address == ENGLISH]}


@pytest.mark.usefixtures("strict_templates")
@pytest.mark.parametrize(
    ("address", "said"),
    [
        (SWEDISH, "Ingen kommun och inget län passar in på ”Atlantis”"),
        (ENGLISH, "No municipality or county matches “Atlantis”"),
    ],
)
def test_unknown_name_is_said_so_and_the_numbers_stand_beside_it(client, address, said):
    page = answer(client, "Atlantis", address)
    told = page.select_one(".lookup-answer")
    assert words(told.h1) == said
    assert page.title.text.startswith(said)
    assert len(page.select("h1")) == 1
    from_abroad = FROM_ABROAD if address.startswith("/en/") else {}
    called = [link["href"] for link in page.select(".call__row a")]
    assert called == list((NUMBERS | from_abroad).values())  # once
    assert not page.select(".lookup-answer .places")
    assert page.select_one('input[name="q"]')["value"] == "Atlantis"


@pytest.mark.parametrize("address", PAIRS["contacts"])
@pytest.mark.parametrize("query", [None, "", "   ", "\t\n"])
def test_empty_field_shows_the_page_without_an_answer(client, address, query):
    page = soup(client.get(address, {} if query is None else {"q": query}))
    assert not page.select(".lookup-answer")
    assert len(page.select(".places--counties a")) == 21


def test_counties_stand_in_swedish_order(client):
    names = [words(link) for link in soup(client.get(SWEDISH)).select(".places--counties a")]
    assert names[0] == "Blekinge län"
    assert names[-3:] == ["Västra Götalands län", "Örebro län", "Östergötlands län"]
    assert names.index("Gävleborgs län") > names.index("Gotlands län")
    assert names.index("Värmlands län") < names.index("Västerbottens län")


# --- What it costs.


def count(client: Client, address: str, **query: str) -> int:
    client.get(address, query)
    with CaptureQueriesContext(connection) as queries:
        client.get(address, query)
    return len(queries)


@pytest.mark.parametrize("address", PAIRS["contacts"])
@pytest.mark.parametrize("query", ["Göteborg", "Skåne", "habo", "Småland", "Kalm", "Götebrog", "Liköping", "Atlantis"])
def test_lookup_takes_at_most_three_queries_more_than_the_page(client, address, query):
    index = count(client, address)
    assert index > 3
    assert count(client, address, q=query) <= index + 3


# --- The field without an English page.


def test_english_field_leads_to_the_swedish_lookup_where_there_is_no_english_one(client):
    ContactsPage.objects.get(slug="contact").unpublish()
    response = submit(client, soup(client.get("/en/")), "goteborg")
    assert response.redirect_chain[-1][0] == f"{PAIRS['municipality'][0]}#typed-goteborg"
    assert soup(response).select(".coordinator")
