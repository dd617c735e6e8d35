"""Nobody is led straight to a place that the query does not name: a wrong place has the wrong coordinator."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.gazetteer import aliases, areas, localities
from contacts.lookup import find_places
from contacts.named_places import Place
from contacts.place_names import KIND_WORDS, PlaceKind, words_of
from contacts.surroundings import WORDS_AROUND
from tests.contacts.lookup_figures import read_places, read_queries

PLACES = read_places()
OTHER_LETTERS = str.maketrans({"ø": "o", "æ": "a", "w": "v"})
DIGRAPHS = {"ae": "a", "aa": "a", "oe": "o"}

QUERIES = [query["query"] for query in read_queries()]
OFFICIAL = [name for place in PLACES for name in place.names]
OTHERS = [other.label for names in (aliases(), areas()) for same in names.values() for other in same]
LOCALITIES = [other.label for same in localities().values() for other in same]
SENTENCES = [
    *(
        "{}",
        "i {}",
        "på {}",
        "{}s",
        "{}s socialjour",
        "{} kommun",
        "{}s stad",
        "{}s län",
        "Region {}",
        "Länsstyrelsen {}",
    ),
    *("Vem ringer jag i {}?", "in {}", "{} municipality", "{} County", "Who do I call in {}?", "Karin {}", "{} Bora"),
]
LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"


def plain(text: str) -> str:
    """Return a text without case, diacritics, spaces and signs."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(filter(str.isalnum, letters)).translate(OTHER_LETTERS)


def forms(text: str) -> set[str]:
    """Return what a text may be as a name: itself, without a genitive s, without digraphs."""
    without = text
    for digraph, letter in DIGRAPHS.items():
        without = without.replace(digraph, letter)
    return {text, text.removesuffix("s"), without}


def registered(place: Place) -> set[str]:
    """Return the names of a place and its aliases, with and without what says its kind."""
    labels = {name for name in place.names if name}
    labels |= {other.label for same in aliases().values() for other in same if place.code in other.codes}
    bare = {"".join(word for _, word in words_of(label) if word not in KIND_WORDS) for label in labels}
    return bare | {plain(label) for label in labels}


NAMES = {place.code: registered(place) for place in PLACES}


def assert_never_straight_to_another(query: str) -> None:
    finding = find_places(query, PLACES)
    if not finding.is_certain:
        return
    (place,) = finding.places
    words = [word for _, word in words_of(query)]
    kinds = {KIND_WORDS.get(word) for word in words} - {None}
    said = {form for name in _names_said(words) for form in forms(name)}
    assert said & NAMES[place.code], (query, place.names)
    is_alias_of_kind = bool(forms(plain(query)) & NAMES[place.code])
    assert is_alias_of_kind or not kinds or place.kind in kinds, (query, place.names)


def _names_said(words: list[str]) -> set[str]:
    """Return what is said of a place: all words, those that are no kind of place, and those that stand around none."""
    if any(kind.startswith(words[-1]) for kind in KIND_WORDS):
        words = words[:-1]  # "kommu", on the way to "kommun"
    named = [word for word in words if word not in KIND_WORDS]
    inner = [word for word in named if word not in WORDS_AROUND and not word.isdigit()]
    return {"".join(each) for each in (words, named, inner)}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_name_leads_straight_to_another_place(sentence):
    for name in [*QUERIES, *OFFICIAL, *OTHERS, *LOCALITIES[:: SENTENCES.index(sentence) + 1]]:
        assert_never_straight_to_another(sentence.format(name))


@given(name=st.sampled_from([*OFFICIAL, *OTHERS, *LOCALITIES]), sentence=st.sampled_from(SENTENCES), data=st.data())
def test_no_slip_leads_straight_to_another_place(name, sentence, data):
    at = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from(["", *LETTERS]))
    slip = data.draw(
        st.sampled_from(
            [
                name[:at] + letter + name[at + 1 :],
                name[:at] + letter + name[at:],
                name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :],
            ]
        )
    )
    assert_never_straight_to_another(sentence.format(slip))


@given(
    st.text()
    | st.text(f"{LETTERS} -'", max_size=12)
    | st.lists(st.sampled_from([*OFFICIAL, *OTHERS, *LOCALITIES])).map(" ".join)
)
def test_no_random_words_lead_straight_to_another_place(query):
    assert_never_straight_to_another(query)


@pytest.mark.parametrize(
    "query", ["hur kan det vara", "jag kan vara med", "på ale", "jag jobbar på mark", "vem bor på lund"]
)
def test_word_that_is_also_a_name_is_a_question_among_other_words(query):
    finding = find_places(query, PLACES)
    assert finding.places
    assert not finding.is_certain


@pytest.mark.parametrize(
    "query", ["vara", "i vara", "vem ringer jag i Vara?", "ale kommun", "socialjour mark", "in Lund"]
)
def test_word_that_is_also_a_name_is_straight_alone_and_where_it_is_said_to_be_a_place(query):
    assert find_places(query, PLACES).is_certain


def test_no_area_and_no_locality_is_ever_straight():
    labels = [other.label for same in areas().values() for other in same] + LOCALITIES
    assert len(labels) > 2_500
    for label in set(labels) - {"Visby"}:  # which is an alias: no other town of the name
        assert not find_places(label, PLACES).is_certain, label


def test_every_official_name_is_straight_or_a_namesake():
    for place in PLACES:
        finding = find_places(place.names[0], PLACES)
        spelled_alike = place.kind == PlaceKind.MUNICIPALITY and place.names[0] == "Habo"
        assert finding.is_certain or spelled_alike, place.names
        assert spelled_alike or finding.places[0].county_code == place.county_code
