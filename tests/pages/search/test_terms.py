"""What a query asks for, with a small vocabulary."""

from pages.search.terms import parse_query
from pages.search.vocabulary import Vocabulary

KNOWN = Vocabulary("sv", 3, {"region": 1, "regionkoordinator": 2, "stöd": 3})


def test_slip_in_a_compound_is_corrected_though_its_beginning_is_a_word():
    query = parse_query("regionkordinator", KNOWN)
    assert query.corrected == "regionkoordinator"
    assert query.unknown == ()


def test_compound_that_nobody_wrote_is_found_by_its_beginning():
    query = parse_query("regionfullmäktige", KNOWN)
    assert (query.corrected, query.unknown, len(query.terms)) == ("", (), 1)


def test_compound_of_two_known_words_is_no_slip():
    near = Vocabulary("sv", 3, {"region": 1, "stöd": 1, "regionstöt": 1})
    assert parse_query("regionstöd", near).corrected == ""
