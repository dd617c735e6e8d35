"""Counties, municipalities and coordinators as search finds them, and the card of a place that a query names."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contacts.lookup import Place, PlaceIndex
from contacts.models import ContactsPage, Coordinator, County, Municipality
from contacts.places import in_swedish_order, place_of
from pages.languages import localized_values
from pages.models import SearchKind
from pages.search.documents import PERSON, PLACE, SearchDocument
from pages.search.words import STOP_WORDS

MOST_WORDS = 12  # of a query, in which the name of a place is looked for
LONGEST_NAME = 3  # words
MOST_CARDS = 2  # "Habo" and "Håbo"


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
    return [
        PlaceCard(
            register.rows[place.code],
            page.url + page.place_path(register.rows[place.code]),
            register.coordinators.get(place.county_code, []),
        )
        for place in _named(query, register.index)[:MOST_CARDS]
    ]


def _named(query: str, index: PlaceIndex) -> list[Place]:
    """Return the places of the longest run of words that is a name; words that tell nothing are none."""
    words = query.split()[:MOST_WORDS]
    if found := index.named(" ".join(words)):
        return found
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            if not _NO_NAMES.issuperset(word.casefold() for word in run) and (found := index.named(" ".join(run))):
                return found
    return []


_NO_NAMES = frozenset(chain.from_iterable(STOP_WORDS.values()))  # Vara is a municipality, and "to be"


@lru_cache(maxsize=1)
def register_at(version: int) -> _Register:
    """Return what is in the register at a version of the site; the last is kept. Six queries, or none."""
    coordinators: dict[str, list[Coordinator]] = defaultdict(list)
    for coordinator in Coordinator.objects.for_cards().prefetch_related("counties"):
        for county in coordinator.counties.all():
            coordinators[county.code].append(coordinator)
    rows: list[County | Municipality] = [*County.objects.all(), *Municipality.objects.select_related("county")]
    return _Register(
        PlaceIndex(map(place_of, rows)),
        {row.code: row for row in rows},
        dict(coordinators),
        {page.locale.language_code: page for page in ContactsPage.objects.live().select_related("locale")},
    )
