"""The three numbers that every page gives, and the state of the support line at a moment."""

import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from django.db import Error as DatabaseError
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext

from contacts.coming_days import coming_days
from contacts.intervals import OtherHours
from contacts.models import HoursStatus, Level, SupportLine, SupportService
from contacts.opening_hours import STOCKHOLM, State
from contacts.starter import shipped_support_lines
from pages.render_context import memoize_per_version

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CallRow:
    """One row of the block; `state` is None for a line whose hours are not known.

    `expires_at` is when what is said of the state changes: with it, or at midnight, since "opens 08.00" is said
    of today alone. `coming` is what differs from the weekly hours within seven days, which changes at midnight.
    """

    line: SupportLine
    state: State | None
    expires_at: datetime | None = None
    coming: tuple[OtherHours, ...] = ()

    @property
    def is_example(self) -> bool:
        """Whether the hours are made up for the demonstration."""
        return self.line.hours_status == HoursStatus.EXAMPLE

    @property
    def is_confirmed(self) -> bool:
        """Whether an editor has confirmed the hours that are shown."""
        return self.line.hours_status == HoursStatus.CONFIRMED and self.line.schedule is not None

    @property
    def is_closed(self) -> bool:
        """Whether the line is known to be closed."""
        return self.state is not None and not self.state.is_open


@dataclass(frozen=True, slots=True)
class MoreSupport:
    """Support for those who are exploited: where it stands, "" for nowhere, and what is shown of it here."""

    url: str
    services: tuple[SupportService, ...]


@dataclass(frozen=True, slots=True)
class WhoToCall:
    """The rows in order of urgency, true at `at` (aware, Europe/Stockholm, cut to the minute)."""

    rows: tuple[CallRow, ...]
    at: datetime
    more: MoreSupport | None = None

    def on_paper(self) -> "WhoToCall":
        """Return the rows with the hours alone: states are true for a moment, and coming days are told for a week."""
        return replace(self, rows=tuple(CallRow(row.line, None) for row in self.rows))

    def on_dated_paper(self) -> "WhoToCall":
        """Return the rows with hours and coming days, which are told by their dates: for paper that bears its own."""
        return replace(self, rows=tuple(replace(row, state=None, expires_at=None) for row in self.rows))

    def _line(self, level: Level) -> SupportLine | None:
        return next((row.line for row in self.rows if row.line.level == level), None)

    @property
    def danger(self) -> SupportLine | None:
        """The number for acute danger."""
        return self._line(Level.DANGER)

    @property
    def urgent(self) -> SupportLine | None:
        """The number for what cannot wait."""
        return self._line(Level.URGENT)

    @property
    def advice(self) -> SupportLine | None:
        """The support line."""
        return self._line(Level.ADVICE)

    @property
    def numbers(self) -> str:
        """The numbers in one line: “112, 114 14 and 020-390 000”; each stays on one line of a screen."""
        return get_text_list([row.line.number.replace(" ", "\N{NO-BREAK SPACE}") for row in self.rows], gettext("and"))

    @property
    def advice_rows(self) -> list[CallRow]:
        """The row of the support line; while that is closed, below the row of who answers instead."""
        advice = [row for row in self.rows if row.line.level == Level.ADVICE]
        levels = {Level.URGENT, Level.ADVICE} if any(row.is_closed for row in advice) else {Level.ADVICE}
        return [row for row in self.rows if row.line.level in levels]


# The last lines read by this process, for the error page when the database is away.
_last_read: dict[str, tuple[SupportLine, ...]] = {}


def who_to_call(at: datetime | None = None) -> WhoToCall:
    """Return the block's numbers at a moment, now by default. Three queries."""
    _last_read["lines"] = support_lines()
    return _at(_last_read["lines"], at)


def support_lines() -> tuple[SupportLine, ...]:
    """Return the lines with their hours, in order of urgency. Three queries."""
    return memoize_per_version("support lines", lambda: tuple(SupportLine.objects.with_hours()))


def who_to_call_without_database() -> WhoToCall:
    """Return the numbers as last read, or as shipped with the site, without any state."""
    lines = _last_read.get("lines") or tuple(shipped_support_lines())
    return WhoToCall(tuple(CallRow(line, None) for line in lines), _now(None))


def who_to_call_whatever_happens() -> WhoToCall:
    """Return the block for an error page, which must show it also when the database is away."""
    try:
        return who_to_call()
    except DatabaseError:
        logger.exception("The database is away; the numbers shown are the last ones read.")
        return who_to_call_without_database()


def _at(lines: tuple[SupportLine, ...], at: datetime | None) -> WhoToCall:
    moment = _now(at)
    return WhoToCall(tuple(_row(line, moment) for line in lines), moment)


def _row(line: SupportLine, moment: datetime) -> CallRow:
    if not line.schedule:
        return CallRow(line, None)
    state = line.schedule.state_at(moment)
    midnight = datetime.combine(moment.date() + timedelta(days=1), time(), STOCKHOLM).astimezone(UTC)
    changes_at = state.changes_at.astimezone(UTC) if state.changes_at else midnight
    return CallRow(line, state, min(changes_at, midnight), tuple(coming_days(line.schedule, moment)))


def _now(at: datetime | None) -> datetime:
    return (at or timezone.now()).astimezone(STOCKHOLM).replace(second=0, microsecond=0)
