"""Coordinators are asked whether their entry is still right."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from contacts.confirmation import today
from contacts.mail import queue_mail
from contacts.models import Coordinator
from contacts.models.coordinators import CoordinatorQuerySet
from pages.models import MailKind

# Days. The first reminder comes a month before readers are told that nobody has confirmed the entry.
UNCONFIRMED_FOR = 150
BETWEEN_REMINDERS = 30


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


def remind() -> int:
    """Write every reminder that is due, each once, also when two processes do so at the same time; return how many.

    A reminder is written in the transaction that marks it: whoever marks it writes it.
    """
    return sum(_remind_one(coordinator) for coordinator in due())


@transaction.atomic
def _remind_one(coordinator: Coordinator) -> bool:
    if not _mark(coordinator):
        return False  # another process was first, or the entry was confirmed just now
    queue_mail(MailKind.REMINDER, "reminder.txt", [address(coordinator)], coordinator=coordinator)
    return True


def _mark(coordinator: Coordinator) -> bool:
    """Mark somebody as reminded; False when the entry has changed since it was read.

    The conditions are on the row itself: PostgreSQL asks them again when it has waited for another process.
    """
    as_read = {name: getattr(coordinator, name) for name in ("pk", "reminded_on", "confirmed_on", "live")}
    return Coordinator.objects.filter(**as_read).update(reminded_on=today()) == 1
