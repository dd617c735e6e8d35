"""The names of all places with their addresses, for suggestions while somebody types."""

from collections import defaultdict
from collections.abc import Iterator

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control

from contacts.models import ContactsPage, County, Municipality
from contacts.places import in_swedish_order
from contacts.starter import read_register
from pages.languages import localized_values
from pages.page_cache.rules import cacheable


@cacheable
@cache_control(public=True, no_cache=True)  # asked about each time: addresses follow names
def place_names(request: HttpRequest) -> JsonResponse:
    """Serve every place in the active language: name, county, address, and its other names."""
    page = ContactsPage.for_active_language()
    places = list(_places(page)) if page else []
    return JsonResponse({"places": places}, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


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
    names = defaultdict(list)
    for row in read_register("aliases.csv"):
        for code in row["codes"].split():
            names[code].append(row["alias"])
    return names
