"""Counties, municipalities and coordinators as search finds them, and the card of a place that a query names."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contacts.lookup import PlaceIndex, place_index
from contacts.models import ContactsPage, Coordinator, County, Municipality
from contacts.named_places import Place
from contacts.place_names import fold_word
from contacts.place_words import words_in_any_language
from contacts.places import in_swedish_order, place_of
from contacts.surroundings import IN, MARKS, WORDS_TOO
from pages.languages import localized_values
from pages.models import SearchKind
from pages.search.documents import PERSON, PLACE, SearchDocument

MOST_WORDS = 12  # of a query, in which the name of a place is looked for
LONGEST_NAME = 3  # words
MOST_CARDS = 4


def read_place(place: County | Municipality, page: ContactsPage) -> SearchDocument:
    """Return a county or municipality as what readers find."""
    county = "" if isinstance(place, County) else place.county.name
    names = {name for name in localized_values(place, "name").values() if name and name != place.name}
    lead = "\n".join(filter(None, [county, *sorted(names)]))
    return SearchDocument(SearchKind.PLACE, place.name, lead, path=page.place_path(place), boost=PLACE)


def read_coordinator(coordinator: Coordinator, page: ContactsPage) -> SearchDocument | None:
    """Return a published coordinator as what readers find, at the page of the first county."""
    counties = in_swedish_order(coordinator.counties.all())
    if not coordinator.live or not counties:
        return None
    covered = ", ".join(county.name for county in counties)
    lead = f"{coordinator.role} · {coordinator.get_target_group_display()} · {coordinator.employer}"
    note = f"{covered}\n{coordinator.note or ''}".strip()
    if coordinator.is_example:
        lead += " · " + _("example")
    return SearchDocument(
        SearchKind.COORDINATOR, coordinator.name, lead, note, path=page.place_path(counties[0]), boost=PERSON
    )


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A place that the query names, with its coordinators' numbers."""

    place: County | Municipality
    url: str
    coordinators: list[Coordinator]
    locality: str = ""  # the town or district in it that the query names

    template = "contacts/place_card.html"

    @property
    def urls(self) -> set[str]:
        """What the hits leave out."""
        return {self.url}

    @property
    def municipality(self) -> Municipality | None:
        """The place, if it is a municipality."""
        return self.place if isinstance(self.place, Municipality) else None


@dataclass(frozen=True, slots=True)
class _Register:
    """All places and published coordinators at a version of the site."""

    index: PlaceIndex
    rows: dict[str, County | Municipality]  # by code
    coordinators: dict[str, list[Coordinator]]  # by the code of the county
    pages: dict[str, ContactsPage]  # by language


def place_cards(query: str, version: int) -> list[PlaceCard]:
    """Return a card of each place that the query names, among other words too. No query, or six."""
    register = register_at(version)
    page = register.pages.get(get_language() or "", register.pages.get(settings.LANGUAGE_CODE))
    if page is None:
        return []
    places = dict.fromkeys(_named(query, register.index), "") or _around(query, register.index)
    return [
        PlaceCard(
            register.rows[place.code],
            page.url + page.place_path(register.rows[place.code]),
            register.coordinators.get(place.county_code, []),
            locality,
        )
        for place, locality in list(places.items())[:MOST_CARDS]
    ]


def _around(query: str, index: PlaceIndex) -> dict[Place, str]:
    """Return where a town or district lies that a query names; a word that only looks like one is none."""
    return {} if WORDS_TOO.issuperset(query.casefold().split()) else index.around(query)


def _named(query: str, index: PlaceIndex) -> list[Place]:
    """Return every place that the query names, the longest names first; a word that only looks like one is none."""
    words = query.split()[:MOST_WORDS]
    if found := index.named(" ".join(words)):
        return found
    bare = [word.casefold().strip(".,:;!?") for word in words]
    runs = [
        range(start, start + length)
        for length in range(min(LONGEST_NAME, len(words)), 0, -1)
        for start in range(len(words) - length + 1)
    ]
    runs.sort(key=lambda run: (-len(run), bare[run.start] in WORDS_TOO))
    places: dict[int, list[Place]] = {}  # by the place of the first word
    taken: set[int] = set()
    for run in runs:
        is_possible = taken.isdisjoint(run) and _can_be_name(bare, run, is_one_of_several=bool(places))
        if is_possible and (found := index.named(" ".join(words[run.start : run.stop]))):
            places[run.start] = found
            taken.update(run)
    return list(dict.fromkeys(place for start in sorted(places) for place in places[start]))


def _can_be_name(words: Sequence[str], run: range, *, is_one_of_several: bool) -> bool:
    """Tell whether some words of a query are more than what they say: not "mark", but "socialjour mark"."""
    own = words[run.start : run.stop]
    if not WORDS_TOO.issuperset(own):
        return True
    before, after = words[max(run.start - 1, 0) : run.start], words[run.stop : run.stop + 1]
    return (
        not MARKS.isdisjoint(map(fold_word, [*before, *after]))
        or (is_one_of_several and not _BETWEEN_NAMES.isdisjoint([*before, *after]))
        or (not IN.isdisjoint(before) and not _NEVER_AFTER_IN.issuperset(own))
    )


_NEVER_AFTER_IN = words_in_any_language("never_after_in")
_BETWEEN_NAMES = words_in_any_language("between_places")


@lru_cache(maxsize=1)
def register_at(version: int) -> _Register:
    """Return what is in the register at a version of the site; the last is kept. Six queries, or none."""
    coordinators: dict[str, list[Coordinator]] = defaultdict(list)
    for coordinator in Coordinator.objects.for_cards().prefetch_related("counties"):
        for county in coordinator.counties.all():
            coordinators[county.code].append(coordinator)
    rows: list[County | Municipality] = [*County.objects.all(), *Municipality.objects.select_related("county")]
    return _Register(
        place_index(tuple(map(place_of, rows))),
        {row.code: row for row in rows},
        dict(coordinators),
        {page.locale.language_code: page for page in ContactsPage.objects.live().select_related("locale")},
    )
