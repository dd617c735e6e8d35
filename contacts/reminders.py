"""Coordinators are asked whether their entry is still right."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from contacts.confirmation import today
from contacts.mail import send_mail
from contacts.models import Coordinator
from contacts.models.coordinators import CoordinatorQuerySet

logger = logging.getLogger(__name__)

# Days. The first reminder comes a month before readers are told that nobody has confirmed the entry.
UNCONFIRMED_FOR = 150
BETWEEN_REMINDERS = 30


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many reminders went out, and how many did not."""

    sent: int
    failed: int


def due() -> CoordinatorQuerySet:
    """Return who is to be reminded today: published, not confirmed for long, not reminded lately, with an address."""
    rested = Q(reminded_on=None) | Q(reminded_on__lte=today() - timedelta(days=BETWEEN_REMINDERS))
    reachable = Q(user__is_active=True) | ~Q(email="")
    entries = Coordinator.objects.filter(rested, reachable, live=True).unconfirmed_for(UNCONFIRMED_FOR)
    return entries.select_related("user").order_by("pk")


def address(coordinator: Coordinator) -> str:
    """Return where somebody is reminded: the sign-in address, else the published one."""
    user = coordinator.user
    return user.email if user and user.is_active else coordinator.email


def remind() -> Outcome:
    """Send every reminder that is due, each once, also when two processes do so at the same time.

    A reminder is marked as sent before it is: whoever marks it sends it. Should the process end
    between the two, that one is not sent before the next period.
    """
    sent = failed = 0
    for coordinator in due():
        if not _mark(coordinator):
            continue  # another process was first, or the entry was confirmed just now
        try:
            send_mail("reminder.txt", [address(coordinator)], coordinator=coordinator)
        except Exception:  # one that cannot be sent, for whatever reason, must not keep the others from theirs
            logger.exception("The reminder to the coordinator %s was not sent.", coordinator.uid)
            _take_back_mark(coordinator)
            failed += 1
        else:
            sent += 1
    return Outcome(sent, failed)


def _mark(coordinator: Coordinator) -> bool:
    """Mark somebody as reminded; False when the entry has changed since it was read.

    The conditions are on the row itself: PostgreSQL asks them again when it has waited for another process.
    """
    as_read = {name: getattr(coordinator, name) for name in ("pk", "reminded_on", "confirmed_on", "live")}
    return Coordinator.objects.filter(**as_read).update(reminded_on=today()) == 1


def _take_back_mark(coordinator: Coordinator) -> None:
    Coordinator.objects.filter(pk=coordinator.pk, reminded_on=today()).update(reminded_on=coordinator.reminded_on)
