"""Who answers for a coordinator who is on leave: the rule, which asks neither the database nor the clock.

It is the deputy, if that is somebody who answers that day: the editors chose the deputy, whoever he or she works
with. Else it is, for each age group of the coordinator, the next coordinator of the county who works with that
group and answers, in the editors' order and from its end on from its beginning. Else it is the support line.
A deputy's own deputy is not asked: nobody has agreed to stand in for two, and no chain can go round.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contacts.models import Coordinator, TargetGroup

AGES = (TargetGroup.ADULTS, TargetGroup.CHILDREN)


@dataclass(frozen=True, slots=True)
class StandIn:
    """Who answers for a target group; without a person, the support line."""

    group: TargetGroup
    person: Coordinator | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A coordinator on a day; `stand_ins` is empty at work, and on leave has one for all or one for each age group."""

    coordinator: Coordinator
    stand_ins: tuple[StandIn, ...]

    @property
    def is_on_leave(self) -> bool:
        """Whether somebody else answers."""
        return bool(self.stand_ins)


def standings(county: Sequence[Coordinator], day: date) -> list[Standing]:
    """Return how each coordinator of a county, given in order, stands on a day: who is at work comes first."""
    found = [Standing(each, _stand_ins(each, county, day)) for each in county]
    return sorted(found, key=lambda standing: standing.is_on_leave)


def answers_on(coordinator: Coordinator, day: date) -> bool:
    """Tell whether someone who calls can reach a coordinator at all on a day."""
    is_there = coordinator.live and coordinator.left_on is None and not coordinator.is_on_leave_on(day)
    return is_there and bool(coordinator.phones.all())


def _stand_ins(coordinator: Coordinator, county: Sequence[Coordinator], day: date) -> tuple[StandIn, ...]:
    if not coordinator.is_on_leave_on(day):
        return ()
    group = TargetGroup(coordinator.target_group)
    if coordinator.deputy and answers_on(coordinator.deputy, day):
        return (StandIn(group, coordinator.deputy),)
    position = list(county).index(coordinator)
    in_turn = [each for each in (*county[position + 1 :], *county[:position]) if answers_on(each, day)]
    found = [StandIn(age, _first_of(in_turn, age)) for age in AGES if group in {age, TargetGroup.BOTH}]
    if all(each.person == found[0].person for each in found):
        return (StandIn(group, found[0].person),)
    return tuple(found)


def _first_of(coordinators: Sequence[Coordinator], age: TargetGroup) -> Coordinator | None:
    return next((each for each in coordinators if each.target_group in {age, TargetGroup.BOTH}), None)
