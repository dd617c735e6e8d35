"""Counties in which a call to the coordinator reaches nobody today."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.confirmation import today
from contacts.models import Coordinator, County
from contacts.standing_in import Standing, answers_on, standings


@dataclass(frozen=True, slots=True)
class UnreachableCounty:
    """Where readers are led to the support line, and why."""

    county: County
    why: str | Promise

    @property
    def name(self) -> str:
        """The county's name."""
        return self.county.name

    @property
    def code(self) -> str:
        """The county's code."""
        return self.county.code


def unreachable_counties() -> list[UnreachableCounty]:
    """Return them in order of code. Four queries."""
    covering = Prefetch("coordinators", queryset=Coordinator.objects.for_cards())
    return list(_unreachable(County.objects.prefetch_related(covering)))


def _unreachable(counties: Iterable[Any]) -> Iterator[UnreachableCounty]:
    day = today()
    for county in counties:
        found = standings(list(county.coordinators.all()), day)
        if any(_is_reached(standing, day) for standing in found):
            continue
        if not found:
            yield UnreachableCounty(county, _("no published coordinator"))
        elif any(standing.is_on_leave for standing in found):
            yield UnreachableCounty(county, _("on leave, and nobody stands in"))
        else:
            yield UnreachableCounty(county, _("no telephone number"))


def _is_reached(standing: Standing, day: date) -> bool:
    if standing.is_on_leave:
        return any(each.person for each in standing.stand_ins)
    return answers_on(standing.coordinator, day)
