"""Places under the names by which they are found."""

from dataclasses import dataclass

from contacts.place_names import ParsedName, PlaceKind


@dataclass(frozen=True, slots=True)
class Place:
    """A county or municipality; `names` holds its official names, None where a language has none."""

    kind: PlaceKind
    code: str
    county_code: str
    names: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place under one of the names that it is found by; that of a locality is not its own."""

    place: Place
    label: str  # the name as it is written
    parsed: ParsedName
    key: str  # folded; without the kind word of an official name, with that of another ("Region Nord")
    is_locality: bool = False

    def __lt__(self, other: "NamedPlace") -> bool:
        """Put shorter names first, then by the alphabet: of those more is already typed."""
        return (len(self.key), self.key, self.place.code) < (len(other.key), other.key, other.place.code)
