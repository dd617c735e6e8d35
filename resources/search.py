"""The publications as readers find them."""

from pages.models import FoundKind
from pages.models.search import Findable
from resources.models import Resource, ResourceIndexPage


def read_resource(resource: Resource, page: ResourceIndexPage) -> Findable | None:
    """Return a publication as what readers find; None while it is not published."""
    if not resource.live:
        return None
    return Findable(
        FoundKind.RESOURCE,
        resource.title,
        resource.summary,
        context=f"{resource.get_kind_display()} {resource.publisher}",
        path=page.reverse_subpage("resource", [resource.slug]),
        date=resource.date,
    )
