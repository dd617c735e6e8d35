"""The finder answers the written cases, and no text breaks it."""

import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.findings import MAX_RESULTS
from contacts.lookup import PlaceIndex, find_places
from contacts.named_places import Place
from contacts.place_names import PlaceKind
from tests.contacts.lookup_figures import read_places

CASES = Path(__file__).with_name("lookup_cases.toml")


def read_cases() -> list[pytest.param]:
    groups = tomllib.loads(CASES.read_text(encoding="utf-8"))
    return [
        pytest.param(query * (times[0] if times else 1), codes, id=f"{group}-{language}-{query!a}")
        for group, cases in groups.items()
        for query, language, codes, *times in cases
    ]


PLACES = read_places()
OFFICIAL_NAMES = [(place, name) for place in PLACES for name in place.names]
KIND_WORDS = {
    PlaceKind.COUNTY: ["län", "LAN", "County", "region"],
    PlaceKind.MUNICIPALITY: ["kommun", "Stad", "Municipality", "kommunen"],
}


def strip_diacritics(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def test_register_is_complete():
    assert len(PLACES) == 311


@pytest.mark.parametrize(("query", "codes"), read_cases())
def test_case(query, codes):
    assert [place.code for place in find_places(query, PLACES).places] == codes


@pytest.mark.parametrize(("place", "name"), OFFICIAL_NAMES)
def test_official_name_with_diacritics_gives_its_place_first(place, name):
    found = find_places(name, PLACES).places[0]
    # A county of the same name gives way to its municipality (see the cases).
    assert found.county_code == place.county_code
    assert found == place or name.removesuffix(" län").removesuffix(" County") in found.names


@given(
    place_and_name=st.sampled_from(OFFICIAL_NAMES),
    change_case=st.sampled_from([str, str.lower, str.upper, str.title, str.swapcase]),
    spell=st.sampled_from([str, strip_diacritics, lambda text: unicodedata.normalize("NFD", text)]),
    before=st.text(" \t\n", max_size=3),
    after=st.text(" \t\n", max_size=3),
    word=st.integers(0, 3),
)
def test_official_name_survives_how_it_is_typed(*, place_and_name, change_case, spell, before, after, word):
    place, name = place_and_name
    query = f"{before}{change_case(spell(f'{name} {KIND_WORDS[place.kind][word]}'))}{after}"
    assert place in find_places(query, PLACES).places


@given(place=st.sampled_from([place for place in PLACES if len(place.names[0]) >= 7]), data=st.data())
def test_long_name_survives_two_neighbours_swapped(place, data):
    # In the first word, so that "län" stays a word; after its first letter, where slips are rare.
    name = place.names[0]
    at = data.draw(st.integers(1, len(name.split()[0]) - 2))
    query = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    assert place.county_code in {found.county_code for found in find_places(query, PLACES).places}


@given(st.text() | st.text("aåäöelnrst -'skånelundmo", max_size=40))
def test_any_text_gives_a_short_list(query):
    found = find_places(query, PLACES).places
    assert len(found) <= MAX_RESULTS
    assert len({place.code for place in found}) == len(found)


def test_places_that_changed_are_found_by_the_new_name():
    old = Place(PlaceKind.MUNICIPALITY, "1485", "14", ("Uddevalla",))
    new = Place(PlaceKind.MUNICIPALITY, "1485", "14", ("Kuskevik",))
    assert find_places("Uddevalla", [old]).places == [old]
    assert find_places("Kuskevik", [new]).places == [new]
    assert find_places("Uddevalla", [new]).places == []


def test_long_text_is_not_read_even_when_a_place_is_all_it_says():
    assert find_places(f"Lund{'!' * 10_000}", PLACES).places == []


def test_missing_name_is_passed_over():
    place = Place(PlaceKind.MUNICIPALITY, "1480", "14", ("Göteborg", None, "", "County"))
    assert find_places("Gøtebrog", [place]).places == [place]


def test_found_list_belongs_to_the_caller():
    find_places("Visby", PLACES).places.clear()
    assert find_places("Visby", PLACES).places


def test_no_places_give_nothing():
    assert find_places("Göteborg", []).places == []


@pytest.mark.parametrize(
    ("query", "is_guess"),
    [
        *(("Råsunda", True), ("Götebrog", True), ("Göteb", True)),
        *(("Ljung", True), ("Fors", True), ("Hammar", True)),  # places of their own, in other counties
        *(("Göteborg", False), ("gbg", False), ("Upplands Väsby", False)),
        *(("Väsby", True), ("Östra", True), ("bros", True), ("Säla", True), ("Karin Lund", True), ("Småland", True)),
        *(("Gævle", False), ("Mjølby", False)),  # from a Danish or Norwegian keyboard
    ],
)
def test_what_is_no_name_is_a_guess(query, is_guess):
    finding = find_places(query, PLACES)
    assert finding.places
    assert finding.is_guess == is_guess


@pytest.mark.parametrize(
    ("words", "codes"),
    [("Göteborg", ["1480"]), ("gbg", ["1480"]), ("Småland", ["06", "07", "08"]), ("Göteb", []), ("Götebrog", [])],
)
def test_name_in_a_longer_text_is_a_whole_name_or_none(words, codes):
    """The search asks so about each run of words."""
    assert [place.code for place in PlaceIndex(PLACES).named(words)] == codes
