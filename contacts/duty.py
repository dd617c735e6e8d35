"""What the cards of coordinators say at a moment: on leave or not, in office hours or not, and whom to call instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from contacts.models import Coordinator, Level, SupportLine
from contacts.office_hours import office_hours
from contacts.opening_hours import STOCKHOLM, Schedule
from contacts.places import in_swedish_order
from contacts.standing_in import StandIn, answers_on, standings
from contacts.who_to_call import CallRow, WhoToCall


@dataclass(frozen=True, slots=True)
class Office:
    """Office hours at the moment of `call`, which has the numbers, and the support line's state.

    `is_closed` is certain, and its opposite only a chance. `expires_at` (aware) is when anything of this changes,
    midnight at the latest.
    """

    call: WhoToCall
    schedule: Schedule
    is_closed: bool
    expires_at: datetime

    @property
    def line(self) -> SupportLine | None:
        """The support line."""
        row = _advice_row(self.call)
        return row.line if row else None

    @property
    def line_answers(self) -> bool:
        """Whether the support line is to be called now: it is open, or its unknown hours are office hours."""
        row = _advice_row(self.call)
        if row is None:
            return False
        return row.state.is_open if row.state else not self.is_closed

    @property
    def is_example(self) -> bool:
        """Whether the hours are made up for the demonstration."""
        row = _advice_row(self.call)
        return row is not None and row.line.schedule is not None and row.is_example

    @property
    def today(self) -> date:
        """The date of the moment, in Stockholm."""
        return self.call.at.date()

    @property
    def opens_again(self) -> datetime | None:
        """When office hours begin next, None while they last."""
        return self.opens_next(self.call.at) if self.is_closed else None

    def opens_next(self, after: datetime) -> datetime | None:
        """Return when office hours begin next, from a moment at which they have not begun (Stockholm time)."""
        return self.schedule.state_at(after).changes_at


@dataclass(frozen=True, slots=True)
class Duty:
    """A coordinator at a moment. `answers_again` is when that can be next, None on leave and in office hours."""

    coordinator: Coordinator
    stand_ins: tuple[StandIn, ...]
    office: Office
    answers_again: datetime | None

    @property
    def is_on_leave(self) -> bool:
        """Whether somebody else answers today."""
        return bool(self.stand_ins)

    @property
    def is_away(self) -> bool:
        """Whether the coordinator's own numbers are closed."""
        return self.is_on_leave or self.office.is_closed

    @property
    def is_unanswered(self) -> bool:
        """Whether somebody who should be called, by some or all readers, does not answer now."""
        if not self.is_on_leave:
            return self.office.is_closed
        return any(self.office.is_closed if each.person else not self.office.line_answers for each in self.stand_ins)

    @property
    def answers_later(self) -> bool:
        """Whether a leave begins before the office opens again, so that its next opening is not this one's."""
        return self.answers_again != self.office.opens_again and not self.is_on_leave

    @property
    def is_split(self) -> bool:
        """Whether children and adults have different stand-ins."""
        return len(self.stand_ins) > 1

    @property
    def deputy_in_leave(self) -> Coordinator | None:
        """The deputy, if somebody who answers when the leave begins, or today where it has begun."""
        begins, deputy = self.coordinator.leave_from, self.coordinator.deputy
        if begins and deputy and answers_on(deputy, max(begins, self.office.today)):
            return deputy
        return None


def office_at(call: WhoToCall) -> Office:
    """Return the office hours at the moment of the numbers."""
    row = _advice_row(call)
    schedule = office_hours(row.line.schedule if row else None)
    state = schedule.state_at(call.at)
    changes = [midnight_after(call.at.date()), state.changes_at, row.expires_at if row else None]
    return Office(call, schedule, not state.is_open, min(change.astimezone(UTC) for change in changes if change))


def _advice_row(call: WhoToCall) -> CallRow | None:
    return next((row for row in call.rows if row.line.level == Level.ADVICE), None)


def midnight_after(day: date) -> datetime:
    """Return the end of a day in Stockholm."""
    return datetime.combine(day + timedelta(days=1), time(), STOCKHOLM)


def duties(county: Sequence[Coordinator], office: Office) -> list[Duty]:
    """Return the cards of a county's coordinators, given in order: who is on leave comes last."""
    return [
        Duty(
            standing.coordinator,
            standing.stand_ins,
            office,
            _answers_again(standing.coordinator, office) if office.is_closed and not standing.is_on_leave else None,
        )
        for standing in standings(county, office.today)
    ]


def duty_of(coordinator: Coordinator, office: Office) -> Duty:
    """Return the card of a coordinator on its own, a draft too: as in the first of the counties. Four queries."""
    counties = in_swedish_order(coordinator.counties.all())
    published = list(Coordinator.objects.for_cards().for_county(counties[0])) if counties else []
    county = [coordinator if each == coordinator else each for each in published]
    if coordinator not in published:
        county.append(coordinator)
    return next(duty for duty in duties(county, office) if duty.coordinator == coordinator)


def _answers_again(coordinator: Coordinator, office: Office) -> datetime | None:
    """Return the next beginning of office hours that is not within a leave."""
    opens = office.opens_next(office.call.at)
    if opens and coordinator.leave_until and coordinator.is_on_leave_on(opens.date()):
        return office.opens_next(midnight_after(coordinator.leave_until))
    return opens
