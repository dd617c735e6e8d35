"""What has happened to an entry, as the own pages show it: no drafts, no sign-in addresses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import ModelLogEntry

from contacts.models import Coordinator
from contacts.own_entry.log_actions import CHANGE, CONFIRM, REVERT
from contacts.own_entry.values import Changes, ShownChange, Values, differences, read_version, shown_changes

LONGEST = 50
OWN = {
    CHANGE: gettext_lazy("Changed"),
    CONFIRM: gettext_lazy("Confirmed as still right"),
    REVERT: gettext_lazy("Change undone"),
}
_BY_LINK = {
    "editor": gettext_lazy("the editors, with the link from a mail"),
    "owner": gettext_lazy("the coordinator, with the link from a mail"),
    "address": gettext_lazy("somebody with the link from a mail to the earlier e-mail"),
}
_WORDS = {
    **OWN,
    **dict.fromkeys(("wagtail.publish", "wagtail.publish.scheduled"), gettext_lazy("Published by the editors")),
    **dict.fromkeys(("wagtail.unpublish", "wagtail.unpublish.scheduled"), gettext_lazy("Taken off the site")),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One change of what readers see."""

    when: datetime
    what: str
    who: str
    changes: list[ShownChange]


def events(entry: Coordinator) -> list[Event]:
    """Return the latest events of an entry, newest first."""
    rows = _rows(entry).select_related("user__coordinator").order_by("-timestamp", "-pk")[: LONGEST + 1]
    return [_event(row, changes) for row, changes in _with_changes(reversed(rows))][::-1][:LONGEST]


def all_changes(entry: Coordinator) -> list[tuple[ModelLogEntry, Changes]]:
    """Return what was ever saved on the own pages or published, in the order of the log, whatever the clock said."""
    return list(_with_changes(_rows(entry).order_by("pk")))


def latest_event(entry: Coordinator) -> Event | None:
    """Return the last change that was made on the own pages or published."""
    return next(iter(events(entry)), None)


def actor_name(row: ModelLogEntry) -> str:
    """Say who did what a row of the log tells."""
    coordinator = getattr(row.user, "coordinator", None)
    if coordinator:
        return coordinator.name
    if row.user or row.action not in OWN:
        return _("the editors")
    if row.action == REVERT:
        return str(_BY_LINK.get(row.data.get("receiver"), _("somebody with the link from a mail")))
    return _("somebody who has left")


def _rows(entry: Coordinator) -> QuerySet[ModelLogEntry]:
    return ModelLogEntry.objects.for_instance(entry).filter(action__in=_WORDS).select_related("revision")


def _with_changes(rows: Iterable[ModelLogEntry]) -> Iterator[tuple[ModelLogEntry, Changes]]:
    """Yield rows, which are given oldest first, with what each changed."""
    before: Values | None = None
    for row in rows:
        version = read_version(row.revision.content) if row.revision else None
        changes = row.data.get("changes", {})
        if not changes and version and before:
            changes = differences(before, version)
        before = version or before
        yield row, changes


def _event(row: ModelLogEntry, changes: Changes) -> Event:
    return Event(row.timestamp, str(_WORDS[row.action]), actor_name(row), shown_changes(Coordinator, changes))
