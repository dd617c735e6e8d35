"""Closing and reopening the entry and the sign-in of a coordinator who leaves."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from contacts.models import Coordinator
from contacts.sign_in import check_may_decide, close_sign_in

DEACTIVATE = "contacts.deactivate"
SIGN_IN_WAS_CLOSED = "sign_in_was_closed"  # in the log: by an administrator, before the coordinator left


@transaction.atomic
def deactivate(coordinator: Coordinator, by: User | None = None) -> None:
    """Take the entry from the site, close the sign-in, and let nobody name the leaver as deputy.

    Raises ValidationError when `by` may not decide about the account, as does `reactivate`.
    """
    coordinator = Coordinator.objects.select_for_update().get(pk=coordinator.pk)
    if coordinator.left_on:
        return
    check_may_decide(coordinator, by)
    coordinator.left_on = timezone.localdate()
    # What the deputy might do for the leaver ends too.
    coordinator.deputy = coordinator.leave_from = coordinator.leave_until = None
    coordinator.revisions.update(approved_go_live_at=None)
    if coordinator.live:
        if not coordinator.has_unpublished_changes:
            # Coming back starts from what readers saw, not from an older version.
            coordinator.save_revision(user=by, changed=False, clean=False)
        coordinator.unpublish(user=by)
    else:
        coordinator.save()
    was_closed = bool(coordinator.user and not coordinator.user.is_active)
    if coordinator.user:
        close_sign_in(coordinator.user)
    for other in coordinator.deputy_for.select_for_update():
        other.deputy = None
        other.save(update_fields=["deputy"])
        log(other, "contacts.deputy_left", user=by, data={"deputy": coordinator.pk})
    log(coordinator, DEACTIVATE, user=by, data={SIGN_IN_WAS_CLOSED: was_closed})


@transaction.atomic
def reactivate(coordinator: Coordinator, by: User | None = None) -> None:
    """Open the sign-in again, unless it was closed before the coordinator left.

    The entry stays a draft until an editor has looked at it and published it.
    """
    coordinator = Coordinator.objects.select_for_update().get(pk=coordinator.pk)
    if not coordinator.left_on:
        return
    check_may_decide(coordinator, by)
    Coordinator.objects.filter(pk=coordinator.pk).update(left_on=None)
    left = ModelLogEntry.objects.for_instance(coordinator).filter(action=DEACTIVATE).order_by("pk").last()
    was_closed = bool(left and left.data.get(SIGN_IN_WAS_CLOSED))
    if coordinator.user and not was_closed:
        coordinator.user.is_active = True
        coordinator.user.save(update_fields=["is_active"])
    log(coordinator, "contacts.reactivate", user=by)
