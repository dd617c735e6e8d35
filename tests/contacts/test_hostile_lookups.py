"""Odd and hostile queries and addresses: answered, escaped, and always with whom to call."""

import unicodedata

import pytest

from contacts.lookup import MAX_QUERY_LENGTH
from tests.reading import PAIRS, assert_numbers, soup, words

pytestmark = pytest.mark.django_db

QUERIES = {
    "nul": "\0",
    "nul inside": "Atl\0antis",
    "control characters": "\x01\x02\x1b[31m\x7f",
    "long": "a" * 10_000,
    "long name": "Göteborg " * 1_200,
    "long unfolding": "ﷺ" * 10_000,
    "marks": "\u0301" * 10_000,
    "html": "<b onclick=x()>Atlantis</b><script>alert(1)</script>",
    "attribute": '" autofocus onfocus="alert(1)',
    "entity": "&lt;script&gt;&#0;",
    "template": "{{ 7|add:7 }}{% load static %}",
    "sql": "'; DROP TABLE contacts_county; --",
    "operators": "OR 1=1 AND NOT (* ? ~ ^ \\ | & !)",
    "wildcards": "%_%",
    "right to left": "ستوكهولم",
    "overrides": "\u202eatlantis\u2066\u2069",
    "emoji": "👩‍🚒🇸🇪",
    "path": "../../etc/passwd",
    "number": "114 14",
}


@pytest.mark.parametrize("address", PAIRS["contacts"])
@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_query_is_answered_and_shown_as_plain_text(client, address, query):
    response = client.get(address, {"q": query})
    page = soup(response)
    assert_numbers(page)
    plain = soup(client.get(address))
    for tag in ("script", "input", "form"):
        assert len(page.find_all(tag)) == len(plain.find_all(tag))
    assert not page.select(".lookup-answer b, .lookup b")
    assert not page.find_all(attrs={"onfocus": True})
    assert not page.find_all(attrs={"onclick": True})
    (field,) = page.select('input[name="q"]')
    shown = field["value"]
    assert len(shown) <= MAX_QUERY_LENGTH
    # Control characters break HTML, and overrides turn the text around them.
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf"}
    answers = [words(answer) for answer in page.select(".lookup-answer h1")]
    assert len(answers) == bool(shown)
    assert all(" ".join(shown.split()) in answer for answer in answers)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("Atl\0antis", "Atlantis"),
        ("\u202eatlantis\u2069", "atlantis"),
        ("  New Atlantis ", "New Atlantis"),
        ("ستوكهولم", "ستوكهولم"),
        ("<b>'\"&", "<b>'\"&"),
    ],
)
def test_what_can_be_seen_of_a_query_stays_in_the_field(client, query, shown):
    page = soup(client.get(PAIRS["contacts"][0], {"q": query}))
    assert page.select_one('input[name="q"]')["value"] == shown


@pytest.mark.parametrize("section", PAIRS["contacts"])
@pytest.mark.parametrize(
    "path",
    [
        "finns-inte/",
        "skane-lan/finns-inte/",
        "a/b/c/",
        "a/b/c/d/e/f/g/h/i/",
        "%00/",
        "skane-lan/%00/",
        "%ff/",
        "%F0%9F%98%80/",
        "<script>alert(1)</script>/",
        "skane-lan/'--/",
        "SKANE-LAN/",
        f"{'a' * 5_000}/",
        "%2e%2e%2fadmin/",
    ],
)
def test_unknown_address_is_not_found_and_shows_whom_to_call(client, section, path):
    page = soup(client.get(section + path), status=404)
    assert_numbers(page)
    assert page.select_one("form:has(#lookup-field)")["action"] == section
    assert not [script for script in page.find_all("script") if "alert" in script.text]
