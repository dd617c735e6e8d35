"""Saving an entry: live at once, the old version kept, an editor's draft left a draft."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Revision

from contacts.models import Coordinator, Municipality
from contacts.own_entry.log_actions import CORRECT
from contacts.own_entry.values import (
    ENTRY_FIELDS,
    Changes,
    Values,
    differences,
    read_values,
    read_version,
    write_values,
)


class EditConflict(Exception):  # noqa: N818  (no error of the code: somebody else was first)
    """The row is no longer what the page was made from.

    `kept` is what was typed anew: the next form has it on top of what the row is now. `saved_by_others` has
    what somebody else saved meanwhile as "new", and what is kept in the same field as "old".
    """

    def __init__(self, typed: Values, made_from: Values | None, now: Values) -> None:
        super().__init__()
        before = made_from or {}
        self.kept = {name: value for name, value in typed.items() if made_from is None or value != before.get(name)}
        self.saved_by_others: Changes = {
            name: {"old": self.kept.get(name, value), "new": value}
            for name, value in now.items()
            if value != (typed if made_from is None else before).get(name)
        }


def check_conflict(row: Coordinator | Municipality, made_from: Values | None, values: Values) -> None:
    """Raise EditConflict when saving would replace something that the one who saves has not seen.

    Whoever saves what is already there has nothing to be told: somebody who pressed twice.
    """
    now = read_values(row, values)
    if now == values:
        return
    if made_from is None or any(made_from.get(name) != now[name] for name in values):
        raise EditConflict(values, made_from, now)


def save_entry(
    entry: Coordinator, values: Values, user: AbstractBaseUser | None, action: str, **data: Any
) -> ModelLogEntry | None:
    """Change a locked entry and log it; return the log's row, None when nothing is new.

    Wagtail's own `publish()` would make an entry live that is not.
    """
    changes = differences(read_values(entry, values), values)
    if not changes:
        return None
    pending = _pending_revisions(entry)
    _keep_old_version(entry)
    new = {name: change["new"] for name, change in changes.items()}
    write_values(entry, new)
    revision = entry.save_revision(user=user, changed=False, clean=False)
    if entry.live:
        entry.live_revision = revision
        entry.last_published_at = timezone.now()
    entry.save()
    for draft in pending:
        _take_into_draft(draft, new)
    return log(entry, action, user=user, revision=revision, content_changed=True, data={"changes": changes, **data})


def save_municipality(municipality: Municipality, values: Values, user: AbstractBaseUser) -> ModelLogEntry | None:
    """Change a locked municipality and log it with the old values."""
    changes = differences(read_values(municipality, values), values)
    if not changes:
        return None
    write_values(municipality, values)
    municipality.save()
    return log(municipality, CORRECT, user=user, content_changed=True, data={"changes": changes})


def _keep_old_version(entry: Coordinator) -> None:
    """Keep the version that readers have seen until now, where an import or the starter content made it."""
    if not entry.live:
        return
    kept = entry.live_revision and read_version(entry.live_revision.content)
    if kept != read_values(entry, ENTRY_FIELDS):
        entry.save_revision(changed=False, clean=False)


def _pending_revisions(entry: Coordinator) -> list[Revision]:
    """Return what an editor has not published yet, oldest first: the latest draft, and a scheduled one."""
    pending = Q(approved_go_live_at__isnull=False)
    if entry.has_unpublished_changes and entry.latest_revision_id != entry.live_revision_id:
        pending |= Q(pk=entry.latest_revision_id)
    return list(entry.revisions.filter(pending).order_by("created_at", "pk"))


def _take_into_draft(revision: Revision, values: Values) -> None:
    """Put changes on top of a draft, so that publishing it later does not undo them; the draft before is kept."""
    draft = revision.as_object()
    write_values(draft, values)
    draft.save_revision(user=revision.user, approved_go_live_at=revision.approved_go_live_at, clean=False)
    # One version is scheduled. (`Revision.save` would log that the schedule was cancelled.)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
