"""The judged queries of the lookup are answered as well as before, and in time."""

import time

import pytest

from contacts.lookup import find_places
from tests.contacts.lookup_figures import kept, measure, read_places, read_queries

MOST_POINTS = 0.02  # by which the part that is found may fall, in each kind
MOST_SECONDS = 0.005  # of this thread, for a query


@pytest.fixture(scope="module")
def figures():
    return measure()[0]


def test_no_kind_of_query_is_found_less_often(figures):
    before = kept()
    assert figures.keys() == before.keys()
    for kind, figure in figures.items():
        assert figure.found / figure.queries >= before[kind].found / before[kind].queries - MOST_POINTS, kind


def test_no_query_leads_straight_to_a_wrong_place(figures):
    assert {kind: figure.wrong for kind, figure in figures.items() if figure.wrong} == {}
    assert sum(figure.queries for figure in figures.values()) == 500


def test_a_query_is_answered_in_5_ms():
    places = read_places()
    queries = [query["query"] for query in read_queries()]
    find_places(queries[0], places)  # makes the index
    begun = time.thread_time()
    for query in queries:
        find_places(query, places)
    assert (time.thread_time() - begun) / len(queries) <= MOST_SECONDS
