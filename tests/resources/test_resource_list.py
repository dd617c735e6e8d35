"""The list: its filters, what is counted beside each choice, words, pages, and queries of any kind."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client

from resources.index_page import PER_PAGE
from resources.models import Resource
from tests.conftest import OpenDatabase
from tests.reading import soup, words
from tests.resources.making import file, link, resource

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("material")]

LIST = "/publikationer/"
ENGLISH = "/en/publications/"


@pytest.fixture(scope="module")
def material(module_rows: OpenDatabase) -> None:
    """Replace the starter material by five resources."""
    with module_rows():
        Resource.objects.all().delete()
        resource(
            file(language="uk"),
            file(language="ru"),
            title_sv="Blad",
            topics=("ukraine",),
            kind="handout",
            audience="victims",
        )
        resource(file(language="uk"), title_sv="Barnblad", topics=("ukraine", "children"), audience="children")
        resource(link(language="sv"), title_sv="Rapport om resor", topics=("return",), date=date(2022, 5, 5))
        resource(file(language="ar"), title_sv="Ångerfrist", publisher="Åklagarmyndigheten", date=date(2026, 11, 26))
        resource(title_sv="Hemligt utkast", topics=("ukraine",), live=False)


def titles(client: Client, address: str = LIST, **asked: str) -> list[str]:
    """Return the titles that are listed, in order."""
    page = soup(client.get(address, asked))
    return [words(link) for link in page.select(".page-list .page-list__link") if "/publ" in link["href"]]


def choices(client: Client, **asked: str) -> dict[str, str]:
    """Return where each choice leads, by its words."""
    return {words(link): link["href"] for link in soup(client.get(LIST, asked)).select(".filters a")}


def test_everything_that_is_published_is_listed_the_newest_first(client):
    assert titles(client) == ["Ångerfrist", "Barnblad", "Blad", "Rapport om resor"]
    assert "4 publikationer" in words(soup(client.get(LIST)).main)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"topic": "ukraine"}, ["Barnblad", "Blad"]),
        ({"topic": "children"}, ["Barnblad"]),
        ({"kind": "handout"}, ["Blad"]),
        ({"audience": "children"}, ["Barnblad"]),
        ({"language": "ru"}, ["Blad"]),
        ({"language": "uk", "audience": "victims"}, ["Blad"]),
        ({"topic": "return", "language": "uk"}, []),
        ({"q": "RAPPORT"}, ["Rapport om resor"]),
        ({"q": "resor rapport"}, ["Rapport om resor"]),
        ({"q": "ångerfrist"}, ["Ångerfrist"]),
        ({"q": "ÅKLAGARMYNDIGHETEN"}, ["Ångerfrist"]),
        ({"q": "blad", "topic": "children"}, ["Barnblad"]),
        ({"q": "arabiska"}, ["Ångerfrist"]),
        ({"q": "українська informationsblad"}, ["Blad"]),
        ({"q": "återvändande"}, ["Rapport om resor"]),
        ({"q": "finns inte"}, []),
    ],
)
def test_list_is_narrowed(client, asked, found):
    assert titles(client, **asked) == found


def test_number_beside_a_choice_is_that_of_what_it_leads_to(client):
    for asked in ({}, {"topic": "ukraine"}, {"language": "uk", "q": "blad"}):
        offered = choices(client, **asked)
        assert len(offered) > 4
        for text, address in offered.items():
            if f'"{address}" aria-current' in client.get(LIST, asked).text:
                continue  # leads out of the choice
            assert f"({len(titles(client, address))})" in text, (asked, text)


def test_choice_that_leads_to_nothing_is_not_offered(client):
    assert "Den som är utsatt (1)" in choices(client, topic="ukraine")
    assert [text for text in choices(client, topic="return") if text.startswith("Den som")] == []


def test_chosen_is_marked_and_leads_out_again(client):
    page = soup(client.get(LIST, {"topic": "ukraine", "language": "uk", "q": "blad"}))
    chosen = {words(link): link["href"] for link in page.select(".filters [aria-current=true]")}
    assert chosen == {
        "Ukraina (2)": "/publikationer/?language=uk&q=blad",
        "Українська , ukrainska (2)": "/publikationer/?topic=ukraine&q=blad",
    }


def test_what_is_chosen_is_said_and_can_be_cleared(client):
    page = soup(client.get(LIST, {"topic": "ukraine", "q": "blad"}))
    said = {words(link): link["href"] for link in page.select(".in-force a")}
    assert said == {
        "Ämne: Ukraina – ta bort": "/publikationer/?q=blad",
        "”blad” – ta bort": "/publikationer/?topic=ukraine",
    }
    assert page.main.find("a", string="Rensa och visa allt")["href"] == LIST
    assert not soup(client.get(LIST)).select(".in-force")


def test_topic_whose_publications_are_gone_is_said_and_can_be_cleared(client):
    Resource.objects.get(title_sv="Rapport om resor").unpublish()
    page = soup(client.get(LIST, {"topic": "return"}))
    assert "0 publikationer" in words(page.main)
    assert [words(link) for link in page.select(".in-force a")] == ["Ämne: Återvändande – ta bort"]
    assert page.main.find("a", string="Rensa och visa allt")["href"] == LIST
    assert "Återvändande" not in words(soup(client.get(LIST)).select_one(".filters"))


def test_form_carries_the_choices_on(client):
    form = soup(client.get(LIST, {"topic": "ukraine", "language": "uk", "p": "2"})).select_one("main form.lookup")
    assert (form["action"], form["method"]) == (LIST, "get")
    assert {field["name"]: field["value"] for field in form.select("input[type=hidden]")} == {
        "topic": "ukraine",
        "language": "uk",
    }
    assert not soup(client.get(LIST)).select("main form [type=hidden]")


def test_language_of_the_material_is_named_in_itself(client):
    names = {name["lang"]: words(name) for name in soup(client.get(LIST)).select(".filters bdi")}
    assert names == {"sv": "Svenska", "uk": "Українська", "ru": "Русский", "ar": "العربية"}


def test_choices_go_along_to_the_other_language_and_words_do_not(client):
    header = soup(client.get(LIST, {"topic": "ukraine", "q": "blad"})).header
    assert header.find("a", hreflang="en")["href"] == f"{ENGLISH}?topic=ukraine"
    assert titles(client, f"{ENGLISH}?topic=ukraine") == ["New sheet", "New sheet"]


def test_what_is_not_translated_is_listed_in_swedish_and_marked(client):
    resource(title_sv="Bara på svenska", title_en="", summary_en="")
    row = soup(client.get(ENGLISH)).find("a", string="Bara på svenska")
    assert row["lang"] == "sv"
    assert row.find_next("p")["lang"] == "sv"
    assert row["href"] == "/en/publications/bara-pa-svenska/"
    assert client.get(row["href"]).status_code == 200


def test_long_list_has_pages(client):
    for number in range(PER_PAGE):
        resource(title_sv=f"Nummer {number}", kind="course")
    assert len(titles(client)) == PER_PAGE
    assert titles(client)[:3] == ["Ångerfrist", "Nummer 19", "Nummer 18"]
    assert titles(client, p="2") == ["Nummer 0", "Barnblad", "Blad", "Rapport om resor"]
    links = soup(client.get(LIST, {"audience": "professionals"})).select("nav.pills a")
    assert [(words(link), link["href"], link.get("aria-current")) for link in links] == [
        ("1", f"{LIST}?audience=professionals", "page"),
        ("2", f"{LIST}?audience=professionals&p=2", None),
    ]
    assert not soup(client.get(LIST, {"kind": "course"})).select("nav.pills")


@pytest.mark.parametrize("number", ["0", "-1", "999", "x", "1.5", "9" * 5000, "\0", "٣"])
def test_page_that_is_not_there_is_the_nearest(client, number):
    assert titles(client, p=number) == titles(client)


@pytest.mark.parametrize(
    "query",
    [
        "topic=finns-inte",
        "kind=handout%00",
        "language=xx&audience=",
        "kind=",
        "topic[]=ukraine",
        "tema=ukraine",
        "TOPIC=ukraine",
        "q=",
        "q=%00%01%0a",
        "q=%20%20",
        "utm_source=x&page=2",
        "&&=&",
        urlencode({"topic": "x" * 5000}),
    ],
)
def test_unknown_is_left_out(client, query):
    everything, asked = soup(client.get(LIST)), soup(client.get(f"{LIST}?{query}"))
    assert words(asked.main) == words(everything.main)
    assert not asked.select(".in-force")


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "<script>alert(1)</script>", "' OR 1=1 --", "%", "_", "שלום\u202e", "😀"]
)
def test_hostile_words_find_nothing_and_break_nothing(client, text):
    response = client.get(LIST, {"q": text})
    page = soup(response)
    assert "Inga träffar" in words(page.main)
    assert not page.select(".filters")  # nothing is left to narrow
    assert len(page.select_one("#words")["value"]) <= 100
    assert "<script>alert" not in response.text
    assert "\u202e" not in response.text


def test_last_of_two_values_counts(client):
    assert titles(client, f"{LIST}?topic=return&topic=children") == ["Barnblad"]


def test_empty_list_says_so(client):
    Resource.objects.all().delete()
    page = soup(client.get(LIST))
    assert "0 publikationer" in words(page.main)
    assert not page.select(".filters")
