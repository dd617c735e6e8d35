"""Personal data of coordinators who left long ago is deleted for good."""

import calendar
import json
import logging
from datetime import date, datetime, time
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from contacts.models import Coordinator
from pages.log_names import ObjectName
from pages.models import WaitingMail

logger = logging.getLogger(__name__)

PURGED = "contacts.purge"
FORGOTTEN = "–"  # in the log, instead of a name


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def purge(left_by: date, *, dry_run: bool = False) -> list[UUID]:
    """Delete everything about those who had left by this day; return the identifiers of their entries.

    Deleted are the entry with its numbers and versions, the account, and what the audit log says of
    both. The log keeps that something was done, when, and by whom among those who are still there.
    Sessions that are over, which tell who signed in, are deleted whosever they were.
    """
    leavers = list(Coordinator.objects.filter(left_on__lte=left_by).order_by("left_on", "pk"))
    if dry_run:
        return [leaver.uid for leaver in leavers]
    purged = [leaver.uid for leaver in leavers if _purge_one(leaver)]
    _forget_deleted_entries(left_by)
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return purged


@transaction.atomic
def _purge_one(leaver: Coordinator) -> bool:
    """Delete one leaver; False when somebody else has, or the entry was reopened meanwhile."""
    entry = Coordinator.objects.select_for_update().filter(pk=leaver.pk, left_on=leaver.left_on).first()
    if entry is None:
        return False
    _forget(Coordinator, [str(entry.pk)])
    if entry.user:
        _forget(type(entry.user), [str(entry.user.pk)])
        _delete_sessions(entry.user)
        WaitingMail.objects.filter(to=entry.user.email).delete()
        entry.user.email = ""  # the log of accounts writes it when the account is deleted
    WaitingMail.objects.filter(to=entry.email).exclude(to="").delete()
    log(entry, PURGED, title=str(entry.uid), deleted=True)
    entry.delete()  # its account, numbers and versions go with it
    logger.info("Purged the leaver %s.", ObjectName(leaver, str(leaver.uid)))
    return True


def _delete_sessions(user: User) -> None:
    """Delete sessions that hold the account's address: they are worthless, but lie there until they are over."""
    for session in Session.objects.all():
        held = session.get_decoded()
        if held.get(SESSION_KEY) == str(user.pk) or json.dumps(user.email) in json.dumps(held):
            session.delete()


def _forget_deleted_entries(deleted_by: date) -> None:
    """Clear what the audit log says of entries that an editor deleted instead of closing them."""
    end = timezone.make_aware(datetime.combine(deleted_by, time.max))
    deletions = ModelLogEntry.objects.get_for_model(Coordinator).filter(deleted=True, timestamp__lte=end)
    _forget(
        Coordinator, list(deletions.exclude(action=PURGED).exclude(label=FORGOTTEN).values_list("object_id", flat=True))
    )


def _forget(model: type[Model], keys: list[str]) -> None:
    """Take names, addresses and numbers out of the log's rows about some objects."""
    content_type = ContentType.objects.get_for_model(model)
    ModelLogEntry.objects.filter(content_type=content_type, object_id__in=keys).update(label=FORGOTTEN, data={})
