"""Find a municipality or county from what somebody types in a hurry.

Only a place's own name or an alias of it leads straight there, with nothing around it but words that say
nothing of where (`surroundings.py`). Everything else is a question: a town, a former county, a part of a
name, a name in a longer text, a slip of the finger, another alphabet, a word that is also a name where
nothing says that it is one ("hur kan det vara"). A wrong answer gives the wrong coordinator.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from contacts.findings import MAX_RESULTS, Finding, best, guess, question
from contacts.gazetteer import NamesByFolded, aliases, areas, localities
from contacts.name_matching import NameMatcher
from contacts.named_places import NamedPlace, Place
from contacts.place_names import ParsedName, PlaceKind, without_kind_words
from contacts.surroundings import Run, is_said_to_be_place, runs_of_words, without_surroundings

MIN_GENITIVE_LENGTH = 3
# The longest official name has 23 letters; what is longer than this is no name, and is not read.
MAX_QUERY_LENGTH = 100


def find_places(query: str, places: Sequence[Place]) -> Finding:
    """Return the places that the query may mean."""
    return place_index(tuple(places)).find(query)


class PlaceIndex:
    """The names of all places, taken apart once so that each search is cheap."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_code = {place.code: place for place in places}
        official = list(self._official())
        others = {name: list(self._others(names())) for name, names in _OTHER_NAMES.items()}
        self._names = _by_key([*official, *others["aliases"]])
        self._areas = _by_key(others["areas"])
        self._localities = _by_key(others["localities"])
        self._elsewhere = {name for name, same in aliases().items() if not any(other.codes for other in same)}
        # What begins with "Norra" is told apart by its second word.
        single = [each for each in others["areas"] if len(each.parsed.words) == 1 and not each.parsed.kind]
        self._matcher = NameMatcher(official, [*others["aliases"], *single], others["localities"])

    def named(self, query: str) -> list[Place]:
        """Return the places of exactly this name, in some language, as an alias or an area."""
        asked = ParsedName.read(query[:MAX_QUERY_LENGTH])
        return best(asked, _under(self._areas, asked) or _under(self._names, asked))

    def around(self, query: str) -> dict[Place, str]:
        """Return where a town or district lies, by the query that names it alone, with its name as it is written."""
        return {each.place: each.label for each in self._called(without_surroundings(query[:MAX_QUERY_LENGTH]))}

    def find(self, query: str) -> Finding:
        """Return the places that the query may mean."""
        query = query.strip()
        asked = ParsedName.read(query[:MAX_QUERY_LENGTH])
        # Folding can make eighteen letters of one character.
        if not asked.folded or max(len(query), len(asked.folded)) > MAX_QUERY_LENGTH:
            return Finding([])
        bare = without_surroundings(query)
        if {asked.whole, bare.whole} & self._elsewhere:
            return Finding([])
        if found := self._named(asked):
            return found
        if found := self._named(bare):
            return found if is_said_to_be_place(query, bare) else replace(found, is_guess=True)
        # "Upplands välby" is a slip, and no Uppland.
        slips = self._matcher.misspelled(bare) if len(bare.words) > 1 else []
        return guess(bare, slips) if slips else self._mentioned(query) or self._near(bare, query)

    def _named(self, asked: ParsedName) -> Finding | None:
        """Return the places of this name, a question if it is no name of theirs alone; None without any."""
        areas_there = _under(self._areas, asked)
        towns = self._called(asked)
        hits = [] if areas_there else _under(self._names, asked)
        own = [each for each in hits if _is_own_name(asked, each)]
        if own and (asked.folded in self._names or asked.folded not in self._localities):
            places = best(asked, own)
            return Finding(places, name=own[0].label if len(places) == 1 else "")
        parts = [] if hits else self._matcher.with_word(asked)
        hits = [*areas_there, *_with_counties(hits, asked, self._by_code)]
        found = [*hits, *towns, *parts]
        return question(found, most=max(MAX_RESULTS, len(areas_there))) if found else None

    def _called(self, asked: ParsedName) -> list[NamedPlace]:
        """Return the localities of this name. Whole first: "Möllan" ends as "län" is typed without a diaeresis."""
        same = next((self._localities[key] for key in _keys(asked) if key in self._localities), [])
        return _spelled(asked, same)

    def _mentioned(self, query: str) -> Finding | None:
        """Return the places that are named in a longer text; those beside a word like "i" or "kommun" alone, if any."""
        taken: set[int] = set()
        mentions: list[tuple[Run, Finding]] = []
        for run in runs_of_words(query):
            if taken.isdisjoint(run.positions) and (found := self._named(run.name)):
                taken |= run.positions
                mentions.append((run, found))
        mentions.sort(key=lambda mention: min(mention[0].positions))
        marked = [mention for mention in mentions if mention[0].is_marked] or mentions
        counties = {place.code for _, found in marked for place in found.places if place.kind == PlaceKind.COUNTY}
        places = {
            place.code: place
            for mention in mentions
            for place in mention[1].places
            if mention in marked or place.county_code in counties  # "Habo, Jönköpings län"
        }
        towns = {code: name for _, found in mentions for code, name in found.localities.items()}
        return Finding(list(places.values())[:MAX_RESULTS], is_guess=True, localities=towns) if places else None

    def _near(self, bare: ParsedName, query: str) -> Finding:
        return guess(bare, self._matcher.near(bare, query) if bare.folded else [])

    def _official(self) -> Iterator[NamedPlace]:
        for place in self._by_code.values():
            for name in dict.fromkeys(filter(None, place.names)):
                parsed = ParsedName.read(name)
                if parsed.folded:
                    yield NamedPlace(place, without_kind_words(name), parsed, parsed.folded)

    def _others(self, names: NamesByFolded) -> Iterator[NamedPlace]:
        for other in (other for same in names.values() for other in same):
            if self._by_code.keys() >= set(other.codes):
                for code in other.codes:
                    yield NamedPlace(
                        self._by_code[code], other.label, other.parsed, other.parsed.whole, names is localities()
                    )


_OTHER_NAMES = {"aliases": aliases, "areas": areas, "localities": localities}


def _by_key(names: Iterable[NamedPlace]) -> dict[str, list[NamedPlace]]:
    groups: dict[str, list[NamedPlace]] = {}
    for each in names:
        groups.setdefault(each.key, []).append(each)
    return groups


def _under(names: Mapping[str, list[NamedPlace]], asked: ParsedName) -> list[NamedPlace]:
    keys = (asked.whole, asked.whole.removesuffix("s"), asked.folded, asked.without_s, asked.without_digraphs)
    return next((names[key] for key in keys if key and key in names), [])


def _is_own_name(asked: ParsedName, each: NamedPlace) -> bool:
    """Tell whether a name is typed as it is written, with the place's kind if with any."""
    is_of_kind = asked.kind in {None, each.place.kind, each.parsed.kind}
    has_digraphs = asked.without_digraphs != asked.folded
    return is_of_kind and (asked.may_spell(each.parsed) or (has_digraphs and asked.spelled == asked.folded))


def _keys(asked: ParsedName) -> tuple[str, ...]:
    """Return what a locality may be called; "Väs" is no genitive of Vä, but the beginning of Västerås."""
    is_genitive = len(asked.folded) > MIN_GENITIVE_LENGTH
    return (asked.whole, asked.folded, asked.without_s if is_genitive else asked.folded)


def _spelled(asked: ParsedName, names: list[NamedPlace]) -> list[NamedPlace]:
    return [each for each in names if asked.may_spell(each.parsed)] or names


def _with_counties(hits: list[NamedPlace], asked: ParsedName, by_code: Mapping[str, Place]) -> Iterator[NamedPlace]:
    """Yield the hits; where a county was asked for and none has the name, each after the county that it lies in."""
    is_county_missing = asked.kind == PlaceKind.COUNTY and all(each.place.kind != PlaceKind.COUNTY for each in hits)
    for each in hits:
        if is_county_missing and each.place.county_code in by_code:
            yield replace(each, place=by_code[each.place.county_code])
        yield each


# Keyed by value, so a name that an editor changes is found at once in every process. Two entries:
# requests from before and after such a change overlap.
@lru_cache(maxsize=2)
def place_index(places: tuple[Place, ...]) -> PlaceIndex:
    """Return the names of these places, taken apart."""
    return PlaceIndex(places)
