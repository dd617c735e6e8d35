"""Find a municipality or county from what somebody types in a hurry.

Four tiers, and the first that answers hides the rest: another known name (`register/aliases.csv`),
the name itself, a part of the name, and a name that is a slip of the finger away. A wrong answer
gives the wrong coordinator, so the last tier guesses little.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from contacts.place_names import ParsedName, PlaceKind

MAX_RESULTS = 8
# The longest official name has 23 letters; what is longer than this is no name, and is not read.
MAX_QUERY_LENGTH = 100
# One letter is the beginning of dozens of names.
MIN_PART_LENGTH = 2
GUESSED_FROM = 1  # the rank of what is no whole word of a name


@dataclass(frozen=True, slots=True)
class Place:
    """A county or municipality; `names` holds its official names, None where a language has none."""

    kind: PlaceKind
    code: str
    county_code: str
    names: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """At most `MAX_RESULTS` places, best first; `is_guess` when the query names none of them.

    A guess is offered, never followed: Råsunda is nearer to Ragunda than to what it belongs to, and
    Ljung is the beginning of Ljungby alone but lies in Herrljunga.
    """

    places: list[Place]
    is_guess: bool = False


def find_places(query: str, places: Sequence[Place]) -> Finding:
    """Return the places that the query may mean."""
    return _index(tuple(places)).find(query)


@dataclass(frozen=True, slots=True)
class _Hit:
    place: Place
    name: ParsedName
    rank: int = 0  # within the tier, lowest first


class PlaceIndex:
    """The names of all places, taken apart once so that each search is cheap."""

    def __init__(self, places: Iterable[Place]) -> None:
        by_code = {place.code: place for place in places}
        self._names = [
            (place, name)
            for place in by_code.values()
            for name in set(map(ParsedName.read, filter(None, place.names)))
            if name.folded
        ]
        self._exact: dict[str, list[_Hit]] = {}
        for place, name in self._names:
            self._exact.setdefault(name.folded, []).append(_Hit(place, name))
        self._aliases = {
            alias: [by_code[code] for code in codes]
            for alias, codes in _aliases().items()
            if by_code.keys() >= set(codes)
        }

    def named(self, query: str) -> list[Place]:
        """Return the places of exactly this name, in some language or as an alias."""
        asked = ParsedName.read(query[:MAX_QUERY_LENGTH])
        return self._aliases.get(asked.whole) or _best(asked, self._find_exact(asked))

    def find(self, query: str) -> Finding:
        """Return the places that the query may mean."""
        query = query.strip()
        if len(query) > MAX_QUERY_LENGTH:
            return Finding([])
        asked = ParsedName.read(query)
        # Folding can make eighteen letters of one character.
        if not 0 < len(asked.folded) <= MAX_QUERY_LENGTH:
            return Finding([])
        for alias in (asked.whole, asked.folded, asked.without_s):
            if alias in self._aliases:
                return Finding(list(self._aliases[alias]))
        for tier in (self._find_exact, self._find_part, self._find_similar):
            if hits := tier(asked):
                return Finding(_best(asked, hits), is_guess=min(hit.rank for hit in hits) >= GUESSED_FROM)
        return Finding([])

    def _find_exact(self, asked: ParsedName) -> list[_Hit]:
        return self._exact.get(asked.folded) or self._exact.get(asked.without_s, [])

    def _find_part(self, asked: ParsedName) -> list[_Hit]:
        if len(asked.folded) < MIN_PART_LENGTH:
            return []
        hits = []
        for place, name in self._names:
            if asked.folded in name.words or asked.without_s in name.words:
                hits.append(_Hit(place, name, rank=0))
            elif name.folded.startswith(asked.folded):
                hits.append(_Hit(place, name, rank=GUESSED_FROM))
            elif any(word.startswith(asked.folded) for word in name.words[1:]):
                hits.append(_Hit(place, name, rank=GUESSED_FROM + 1))
        return hits

    def _find_similar(self, asked: ParsedName) -> list[_Hit]:
        """Return the names at the smallest distance, those with the same first letter first."""
        # An s is a genitive only before a kind word here: "Mosås" is not near "Mora".
        forms = {asked.folded, asked.without_s} if asked.kind else {asked.folded}
        near: dict[int, list[_Hit]] = {}
        for place, name in self._names:
            same_start = name.folded[0] == asked.folded[0]
            for form in forms:
                limit = _allowed_slips(len(form), same_start=same_start)
                distance = OSA.distance(form, name.folded, score_cutoff=limit)
                if distance <= limit:
                    near.setdefault(distance, []).append(_Hit(place, name, rank=GUESSED_FROM + (not same_start)))
        return near[min(near)] if near else []


def _allowed_slips(length: int, *, same_start: bool) -> int:
    """How many letters may be wrong; a slip in the first is rare, and makes another name.

    Measured against 1,300 Swedish localities: with two slips in eight letters Rinkeby is
    Ronneby, with one in the first of five Backa is Nacka.
    """
    if not same_start:
        return 1 if length >= 7 else 0
    if length >= 9:
        return 2
    return 1 if length >= 4 else 0


def _best(asked: ParsedName, hits: list[_Hit]) -> list[Place]:
    # Who types "Håbo" does not mean Habo; who types "habo" may mean Håbo.
    if asked.spelled != asked.folded:
        hits = [hit for hit in hits if asked.is_spelled_in(hit.name)] or hits
    # "Göteborgs län" does not exist, but what is meant is plain.
    if asked.kind:
        hits = [hit for hit in hits if hit.place.kind == asked.kind] or hits
    # The municipality of Stockholm lies in the county of Stockholm: both lead to one coordinator,
    # and one answer is faster than a choice.
    namesakes = {(hit.place.county_code, hit.name.folded) for hit in hits if hit.place.kind == PlaceKind.MUNICIPALITY}
    hits = [
        hit for hit in hits if hit.place.kind != PlaceKind.COUNTY or (hit.place.code, hit.name.folded) not in namesakes
    ]
    # Among equals, the name of which most is already typed.
    hits.sort(
        key=lambda hit: (
            hit.rank,
            not asked.is_spelled_in(hit.name),
            len(hit.name.folded),
            hit.name.folded,
            hit.place.code,
        )
    )
    return list({hit.place.code: hit.place for hit in hits}.values())[:MAX_RESULTS]


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    """Other names by their folded form; one without codes is known to lie elsewhere."""
    path = Path(__file__).parent / "register" / "aliases.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {ParsedName.read(row["alias"]).whole: tuple(row["codes"].split()) for row in csv.DictReader(file)}


# Keyed by value, so a name that an editor changes is found at once in every process. Two entries:
# requests from before and after such a change overlap.
@lru_cache(maxsize=2)
def _index(places: tuple[Place, ...]) -> PlaceIndex:
    return PlaceIndex(places)
