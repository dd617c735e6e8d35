"""The addresses of the guide: a part for each answer, and the place as a parameter."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from contacts.guide.graph import Visit
from contacts.guide.words import ANSWERS
from contacts.models.places import County, Municipality
from pages.requests import PLACE

SHOWN = "#question"  # where a reader goes on


def answers_path(visit: Visit) -> str:
    """Return the path of a visit below the page, in the active language."""
    return f"{ANSWERS}/{visit.path}/" if visit.given else ""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses below the page at `url`, for readers of a place or none."""

    url: str
    place: County | Municipality | None = None

    @property
    def query(self) -> str:
        """The place as a query string; "" without one."""
        return f"?{urlencode({PLACE: self.place.code})}" if self.place else ""

    def of(self, visit: Visit) -> str:
        """Return the address of a visit: with the place, where it was asked for before."""
        query = self.query if visit.has_passed_place else ""
        return f"{self.url}{answers_path(visit)}{query}{SHOWN if visit.given else ''}"


@dataclass(frozen=True, slots=True)
class PreviewAddresses(Addresses):
    """The addresses of an editor's preview, which is one with a parameter for what it shows."""

    def of(self, visit: Visit) -> str:
        """Return the address of a visit in the preview."""
        place = f"@{self.place.code}" if self.place and visit.has_passed_place else ""
        return f"?mode={quote(visit.path + place)}"
