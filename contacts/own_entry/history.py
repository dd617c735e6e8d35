"""What has happened to an entry, as the own pages show it: no drafts, no sign-in addresses."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import ModelLogEntry

from contacts.models import Coordinator
from contacts.own_entry.log_actions import CHANGE, CONFIRM, REVERT
from contacts.own_entry.values import ShownChange, Values, differences, read_version, shown_changes

LONGEST = 50
_OWN = {
    CHANGE: gettext_lazy("Changed"),
    CONFIRM: gettext_lazy("Confirmed as still right"),
    REVERT: gettext_lazy("Change taken back"),
}
_WORDS = {
    **_OWN,
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
    rows = ModelLogEntry.objects.for_instance(entry).filter(action__in=_WORDS)
    rows = rows.select_related("revision", "user__coordinator").order_by("-timestamp", "-pk")[: LONGEST + 1]
    return list(_events(entry, list(rows)))[::-1][:LONGEST]


def latest_event(entry: Coordinator) -> Event | None:
    """Return the last change that was made on the own pages or published."""
    return next(iter(events(entry)), None)


def actor_name(row: ModelLogEntry) -> str:
    """Say who did what a row of the log tells."""
    coordinator = getattr(row.user, "coordinator", None)
    if coordinator:
        return coordinator.name
    if row.user or row.action not in _OWN:
        return _("the editors")
    return _("somebody with the link from a mail") if row.action == REVERT else _("somebody who has left")


def _events(entry: Coordinator, rows: list[ModelLogEntry]) -> Iterator[Event]:
    before: Values | None = None
    for row in reversed(rows):
        version = read_version(row.revision.content) if row.revision else None
        changes = row.data.get("changes", {})
        if not changes and version and before:
            changes = differences(before, version)
        before = version or before
        yield Event(row.timestamp, str(_WORDS[row.action]), actor_name(row), shown_changes(Coordinator, changes))
