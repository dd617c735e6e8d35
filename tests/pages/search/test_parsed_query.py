"""What a query asks for, with a small vocabulary."""

import pytest

from pages.search.additions import Additions
from pages.search.index import WordIndex
from pages.search.models import SearchEntry
from pages.search.query import Alternative, ParsedQuery, parse_query, weights


def parsed(query: str, *titles: str, language: str = "sv") -> ParsedQuery:
    """Return what a query asks for where there are entries of these titles."""
    index = WordIndex(language)
    for number, title in enumerate(titles):
        index.learn(SearchEntry(pk=number, kind="page", boost=100, tie_break=number, tokens=f"{title}\n\n\n"))
    return parse_query(query, index, Additions())


def test_slip_in_a_compound_is_corrected_though_its_beginning_is_a_word():
    query = parsed("regionkordinator", "region", "regionkoordinator", "stöd")
    assert query.corrected == "regionkoordinator"
    assert query.unknown == ()


def test_compound_that_nobody_wrote_is_found_by_its_known_part():
    query = parsed("regionfullmäktige", "region", "stöd")
    assert (query.corrected, query.unknown) == ("", ())
    assert query.answering() == {"region"}
    assert parsed("brottsutredning", "utredning").answering() == {"utredning"}


def test_compound_of_two_known_words_is_no_slip_and_asks_for_both():
    query = parsed("regionstöd", "region", "stöd", "regionstöt")
    assert (query.corrected, len(query.terms)) == ("", 2)
    assert query.answering() >= {"region", "stöd"}


def test_compound_written_as_two_words_asks_for_the_one_before_either():
    query = parsed("stöd telefon", "stödtelefonen", "stöd", "telefon")
    (term,) = query.terms
    answering = weights(term)
    assert answering.keys() == {"stödtelefonen", "stöd", "telefon"}
    assert answering["stödtelefonen"] > 5 * max(answering["stöd"], answering["telefon"])


@pytest.mark.parametrize("query", ["cordinator", "kordinator"])
def test_letters_inside_another_word_are_no_part_of_it(query):
    found = parsed(query, "according", "coordinator", language="en")
    assert found.corrected == "coordinator"
    assert found.answering() == {"coordinator"}


def test_word_that_nothing_is_near_is_a_guess_or_nothing():
    guess = parsed("ordningsam", "förordning", "tecken")
    assert (guess.is_guess, guess.unknown, guess.corrected) == (True, ("ordningsam",), "")
    assert guess.answering() == {"förordning"}
    assert parsed("xyzzyxyzzy", "förordning").terms == ()


def test_word_of_an_expression_is_marked_where_all_of_it_stands():
    own, expression = Alternative(({"betänketid": 1.0},)), Alternative(({"inga": 1.0}, {"papper": 1.0}))
    query = ParsedQuery(((own, expression),), "betänketid", "", (), is_guess=False)
    assert query.answering() == {"betänketid", "inga", "papper"}
    assert query.answering_in({"inga", "bevis"}) == set()
    assert query.answering_in({"betänketid", "inga"}) == {"betänketid"}
    assert query.answering_in({"inga", "papper"}) == {"inga", "papper"}
