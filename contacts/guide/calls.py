"""Whom a result says to call: in the editors' order, who answers at the moment first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from contacts.duty import Duty, Office, duties
from contacts.guide.faults import ALWAYS_ANSWERED
from contacts.guide.graph import Result
from contacts.models import Coordinator, County, Municipality, SupportService, TargetGroup
from contacts.who_to_call import CallRow


@dataclass(frozen=True, slots=True)
class Call:
    """A number, or the numbers of one kind; `answers` is whether somebody is to be reached there at the moment."""

    kind: str
    answers: bool
    row: CallRow | None = None
    duties: tuple[Duty, ...] = ()
    services: tuple[SupportService, ...] = ()


@dataclass(frozen=True, slots=True)
class Calls:
    """The numbers at the moment of `office`, and in an order that is right at any time."""

    now: list[Call]
    lasting: list[Call]


def calls_of(
    result: Result,
    office: Office,
    place: County | Municipality | None,
    coordinators: Iterable[Coordinator],
    services: Iterable[SupportService],
) -> Calls:
    """Return the calls of a result; `coordinators` are those of the place's county, in order."""
    rows = {row.line.level: row for row in office.call.rows}
    found = []
    for kind in result.numbers:
        match kind:
            case "social-services":
                found.append(Call(kind, answers=_has_number_now(place, office)))
            case "coordinator":
                own = tuple(_for_group(duties(list(coordinators), office), result.group))
                found.append(Call(kind, answers=any(not duty.is_unanswered for duty in own), duties=own))
            case "victims":
                for_victims = tuple(service for service in services if service.for_victims and service.number)
                found.append(Call(kind, answers=False, services=for_victims))
            case _ if kind in rows:
                answers = kind in ALWAYS_ANSWERED or office.line_answers
                found.append(Call(kind, answers=answers, row=rows[kind]))
    always = [replace(call, answers=call.kind in ALWAYS_ANSWERED) for call in found]
    return Calls(_answering_first(found), _answering_first(always))


def _answering_first(calls: list[Call]) -> list[Call]:
    return sorted(calls, key=lambda call: not call.answers)


def _has_number_now(place: County | Municipality | None, office: Office) -> bool:
    if not isinstance(place, Municipality):
        return False
    return bool(place.out_of_hours_number if office.is_closed else place.social_services_number)


def _for_group(found: list[Duty], group: str) -> list[Duty]:
    """Return who works with an age group, and who stands in for them with it; who answers comes first."""
    groups = set(TargetGroup.values) if group == TargetGroup.BOTH else {group, TargetGroup.BOTH}
    own = [
        replace(duty, stand_ins=tuple(each for each in duty.stand_ins if each.group in groups))
        for duty in found
        if duty.coordinator.target_group in groups
    ]
    return sorted(own, key=lambda duty: duty.is_unanswered)
