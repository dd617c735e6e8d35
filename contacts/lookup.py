"""Find a municipality or county from what somebody types in a hurry.

Four tiers, and the first that answers hides the rest: another known name (`register/aliases.csv`),
the name itself, a part of the name, and a name that is a slip of the finger away. A wrong answer
gives the wrong coordinator, so the last tier guesses little.

Words: a text is *folded* when case and diacritics are gone ("Gävle" → "gavle"), *spelled* when only
case is. The *kind words* say what a place is ("kommun", "County") and belong to no name.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from pages.search.words import fold

MAX_RESULTS = 8
# The longest official name has 23 letters; what is longer than this is no name, and is not read.
MAX_QUERY_LENGTH = 100
# One letter is the beginning of dozens of names.
MIN_PART_LENGTH = 2
GUESSED_FROM = 1  # the rank of what is no whole word of a name


class PlaceKind(StrEnum):
    COUNTY = "county"
    MUNICIPALITY = "municipality"


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


# "of" is no kind, but stands only beside one ("City of Gothenburg").
_KIND_WORDS: dict[str, PlaceKind | None] = {
    **dict.fromkeys(("lan", "lanet", "region", "regionen", "county"), PlaceKind.COUNTY),
    **dict.fromkeys(("kommun", "kommunen", "stad", "staden"), PlaceKind.MUNICIPALITY),
    **dict.fromkeys(("municipality", "city"), PlaceKind.MUNICIPALITY),
    "of": None,
}
# "stad" is not here: Halmstad and Ystad are whole names.
_JOINED_KIND_WORD = re.compile(r"(?<=\w{3})(kommun(?:en)?|l[aä]n(?:et)?|region(?:en)?)\b")
_WORD = re.compile(r"[^\W_]+")


def _fold(word: str) -> str:
    """Return a word without case and diacritics; Swedish sorted w as v until 2006, and old names still mix them."""
    return fold(word).replace("w", "v")


@dataclass(frozen=True, slots=True)
class _Text:
    """A name or a query taken apart.

    Words are joined without a space, so that "Upplands-Väsby" and "upplandsväsby" are the same.
    """

    whole: str  # folded, kind words included
    folded: str
    spelled: str
    words: tuple[str, ...]  # folded
    kind: PlaceKind | None

    @classmethod
    def read(cls, text: str) -> "_Text":
        text = _JOINED_KIND_WORD.sub(r" \1", unicodedata.normalize("NFC", text).casefold())
        words = [(word, _fold(word)) for word in _WORD.findall(text)]
        kinds = {_KIND_WORDS[folded] for _, folded in words if folded in _KIND_WORDS} - {None}
        named = [pair for pair in words if pair[1] not in _KIND_WORDS]
        if len(named) > 1 and named[-1] == words[-1] and any(kind.startswith(named[-1][1]) for kind in _KIND_WORDS):
            named.pop()  # "Göteborgs kom": on the way to "kommun"
        return cls(
            whole="".join(folded for _, folded in words),
            folded="".join(folded for _, folded in named),
            spelled="".join(spelled for spelled, _ in named),
            words=tuple(folded for _, folded in named),
            kind=kinds.pop() if len(kinds) == 1 else None,
        )

    @property
    def without_s(self) -> str:
        """The folded text without a genitive s, which may have been part of the name."""
        return self.folded.removesuffix("s")

    def is_spelled_in(self, name: "_Text") -> bool:
        return self.spelled.removesuffix("s") in name.spelled


@dataclass(frozen=True, slots=True)
class _Hit:
    place: Place
    name: _Text
    rank: int = 0  # within the tier, lowest first


class PlaceIndex:
    """The names of all places, taken apart once so that each search is cheap."""

    def __init__(self, places: Iterable[Place]) -> None:
        by_code = {place.code: place for place in places}
        self._names = [
            (place, name)
            for place in by_code.values()
            for name in set(map(_Text.read, filter(None, place.names)))
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
        asked = _Text.read(query[:MAX_QUERY_LENGTH])
        return self._aliases.get(asked.whole) or _best(asked, self._find_exact(asked))

    def find(self, query: str) -> Finding:
        """Return the places that the query may mean."""
        query = query.strip()
        if len(query) > MAX_QUERY_LENGTH:
            return Finding([])
        asked = _Text.read(query)
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

    def _find_exact(self, asked: _Text) -> list[_Hit]:
        return self._exact.get(asked.folded) or self._exact.get(asked.without_s, [])

    def _find_part(self, asked: _Text) -> list[_Hit]:
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

    def _find_similar(self, asked: _Text) -> list[_Hit]:
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


def _best(asked: _Text, hits: list[_Hit]) -> list[Place]:
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
        return {_Text.read(row["alias"]).whole: tuple(row["codes"].split()) for row in csv.DictReader(file)}


# Keyed by value, so a name that an editor changes is found at once in every process. Two entries:
# requests from before and after such a change overlap.
@lru_cache(maxsize=2)
def _index(places: tuple[Place, ...]) -> PlaceIndex:
    return PlaceIndex(places)
