"""The names of all places with their addresses, and of localities, for suggestions while somebody types."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control

from contacts.gazetteer import aliases, areas, closest, localities
from contacts.models import ContactsPage, County, Municipality
from contacts.place_names import fold_word
from contacts.places import in_swedish_order
from pages.languages import localized_values
from pages.page_cache.rules import cacheable


@cacheable
@cache_control(public=True, no_cache=True)  # asked about each time: addresses follow names
def place_names(request: HttpRequest) -> JsonResponse:
    """Serve every place in the active language: name, county, address, and its other names."""
    page = ContactsPage.for_active_language()
    return _json({"places": list(_places(page)) if page else []})


@cacheable
@cache_control(public=True, no_cache=True)
def locality_names(request: HttpRequest) -> JsonResponse:
    """Serve towns, villages and districts, what they are called together, and how the address of one begins.

    It is that of a question: the place may lie elsewhere too. What a municipality or county is called is left out.
    """
    page = ContactsPage.for_active_language()
    taken = {fold_word(place.name) for kind in (Municipality, County) for place in kind.objects.all()}
    names = {other.label for same in localities().values() for other in same}
    free = sorted(name for name in names if fold_word(name) not in taken)
    ask = f"{page.url}?q=" if page else ""
    return _json({"names": free if page else [], "called": gettext("town, village or district"), "ask": ask})


def _json(names: dict[str, Any]) -> JsonResponse:
    return JsonResponse(names, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


def _places(page: ContactsPage) -> Iterator[dict[str, str | list[str]]]:
    other_names = _other_names()
    municipalities = Municipality.objects.select_related("county")
    places: list[Municipality | County] = [*in_swedish_order(municipalities), *in_swedish_order(County.objects.all())]
    for place in places:
        names = {*localized_values(place, "name").values(), *other_names[place.code]} - {place.name, "", None}
        yield {
            "name": place.name,
            "in": "" if isinstance(place, County) else place.county.name,
            "url": page.url + page.place_path(place),
            "also": sorted(names),
        }


def _other_names() -> dict[str, list[str]]:
    """Return aliases and areas by code, but no localities, which may lie elsewhere too."""
    names = defaultdict(list)
    # "Region Nord" would be suggested to whoever looks for a region.
    provinces = [other for same in areas().values() for other in same if not other.parsed.kind]
    for other in (*(other for same in aliases().values() for other in same), *provinces):
        for code in closest(other.codes):
            names[code].append(other.label)
    return names
