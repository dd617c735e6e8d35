"""The register of counties and municipalities as the lookup reads it."""

import re
from collections.abc import Iterable, Sequence

from contacts.models.places import County, Municipality
from contacts.named_places import Place
from contacts.place_names import PlaceKind
from pages.languages import localized_fields, localized_values, swedish_order
from pages.render_context import memoize_per_version


def known_places() -> list[Place]:
    """Return every place under its names in all languages. Two queries."""
    counties = County.objects.values_list("code", *localized_fields("name"))
    municipalities = Municipality.objects.values_list("code", "county_id", *localized_fields("name"), "formal_name")
    return [
        *(Place(PlaceKind.COUNTY, code, code, tuple(names)) for code, *names in counties),
        *(Place(PlaceKind.MUNICIPALITY, code, county, tuple(names)) for code, county, *names in municipalities),
    ]


def place_of(row: County | Municipality) -> Place:
    """Return a row, with all its fields, as `known_places` does."""
    names = tuple(localized_values(row, "name").values())
    if isinstance(row, County):
        return Place(PlaceKind.COUNTY, row.code, row.code, names)
    return Place(PlaceKind.MUNICIPALITY, row.code, row.county_id, (*names, row.formal_name))


def registered_places(places: Sequence[Place]) -> list[County | Municipality]:
    """Return the rows of places, in their order. One query, or two for places of both kinds."""
    codes = {kind: [place.code for place in places if place.kind == kind] for kind in PlaceKind}
    rows: dict[str, County | Municipality] = {}
    if codes[PlaceKind.COUNTY]:
        rows.update(County.objects.in_bulk(codes[PlaceKind.COUNTY]))
    if codes[PlaceKind.MUNICIPALITY]:
        rows.update(Municipality.objects.select_related("county").in_bulk(codes[PlaceKind.MUNICIPALITY]))
    return [rows[place.code] for place in places]


def place_with_code(code: str) -> County | Municipality | None:
    """Return the municipality or county of a code; None where there is none. One query, none for what is remembered."""
    if not re.fullmatch(r"[0-9]{2}|[0-9]{4}", code):
        return None
    known: dict[str, County | Municipality] = memoize_per_version("places with codes", dict)
    if code not in known and (place := _read_place(code)):  # what is no place is not kept: there are 10,000 codes
        known[code] = place
    return known.get(code)


def _read_place(code: str) -> County | Municipality | None:
    if len(code) == 2:
        return County.objects.filter(code=code).first()
    return Municipality.objects.select_related("county").filter(code=code).first()


def place_label(place: County | Municipality) -> str:
    """Name a place so that it is told from others of the name: Habo, Jönköpings län."""
    return place.name if isinstance(place, County) else f"{place.name}, {place.county.name}"


def in_swedish_order[P: (County, Municipality)](places: Iterable[P]) -> list[P]:
    """Sort places by name as a Swedish reader looks for them, whatever the database's collation."""
    return sorted(places, key=lambda place: swedish_order(place.name))
