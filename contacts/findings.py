"""What a query may mean: one place, or several to choose from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from contacts.named_places import NamedPlace, Place
from contacts.place_names import ParsedName, PlaceKind

MAX_RESULTS = 8  # of a guess; an area may lie in more counties


@dataclass(frozen=True, slots=True)
class Finding:
    """The places that a query may mean, best first; `is_guess` when it is the name of none of them.

    A guess is offered, never followed: Råsunda is nearer to Ragunda than to what it belongs to, and
    Ljung is the beginning of Ljungby alone but lies in Herrljunga.
    """

    places: list[Place]
    is_guess: bool = False
    localities: Mapping[str, str] = field(default_factory=dict)  # by the place's code: the town or district in it
    name: str = ""  # as it was read, of a place that is certain

    @property
    def is_certain(self) -> bool:
        """Whether the query is the name of this one place."""
        return len(self.places) == 1 and not self.is_guess


def question(hits: Iterable[NamedPlace], most: int = MAX_RESULTS) -> Finding:
    """Return the places of hits as a question, at most so many."""
    places: dict[str, Place] = {}
    towns: dict[str, str] = {}
    for each in hits:
        if each.place.code not in places and len(places) < most:
            places[each.place.code] = each.place
            if each.is_locality:
                towns[each.place.code] = each.label
    return Finding(list(places.values()), is_guess=bool(places), localities=towns)


def guess(asked: ParsedName, hits: list[NamedPlace]) -> Finding:
    """Return the places of names that are near, those of the kind that was asked for if there are any."""
    of_kind = [each for each in hits if asked.kind == each.place.kind and not each.is_locality]
    return question(_without_namesakes(asked, of_kind or hits))


def best(asked: ParsedName, hits: list[NamedPlace]) -> list[Place]:
    """Return the places of names that are what was asked for."""
    # Who types "habo" may mean Håbo, but Habo first.
    hits = sorted(_without_namesakes(asked, hits), key=lambda each: not asked.is_spelled_in(each.parsed))
    return list({each.place.code: each.place for each in hits}.values())


def _without_namesakes(asked: ParsedName, hits: list[NamedPlace]) -> list[NamedPlace]:
    # The municipality of Stockholm lies in the county of Stockholm: both lead to one coordinator,
    # and one answer is faster than a choice.
    namesakes = {(each.place.county_code, each.key) for each in hits if each.place.kind == PlaceKind.MUNICIPALITY}
    return [
        each
        for each in hits
        if asked.kind == PlaceKind.COUNTY
        or each.place.kind != PlaceKind.COUNTY
        or (each.place.code, each.key) not in namesakes
    ]
