"""The actors as readers find them: each has a page below that of all."""

from django.utils.text import capfirst

from pages.models import Actor, ActorsPage, FoundKind
from pages.models.search import Findable


def read_actor(actor: Actor, page: ActorsPage) -> Findable:
    """Return an actor as what readers find."""
    return Findable(
        FoundKind.MANUAL,
        capfirst(actor.name),
        actor.summary,
        context=page.title,
        path=f"{actor.slug}/",
        date=page.updated_on,
    )
