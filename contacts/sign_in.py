"""Coordinators' sign-ins, which only editors give, move to another address and close."""

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from contacts.models import Coordinator

INVITE = "contacts.invite"  # in the log, with the address and the one before


def check_address(coordinator: Coordinator, address: str) -> None:
    """Raise ValidationError when the address cannot be this coordinator's sign-in."""
    if coordinator.left_on:
        raise ValidationError(_("This coordinator has left. Reopen the entry first."))
    if coordinator.user and not coordinator.user.is_active:
        raise ValidationError(_("An administrator has closed this sign-in, and can open it again under Users."))
    if Coordinator.objects.filter(email__iexact=address).exists():
        raise ValidationError(_("This address is on the public pages. Give one that is not published."))
    others = get_user_model().objects.exclude(pk=coordinator.user_id)
    account = others.filter(Q(email__iexact=address) | Q(username__iexact=address)).first()
    if account and works_in_admin(account):
        raise ValidationError(_("This address belongs to somebody who works in the admin."))
    if account:
        raise ValidationError(_("Another account has this address."))


def works_in_admin(user: User) -> bool:
    """Tell whether an account, closed or not, has been given any right."""
    return user.is_superuser or user.is_staff or user.groups.exists() or user.user_permissions.exists()


def check_may_decide(coordinator: Coordinator, by: User | None) -> None:
    """Raise ValidationError when the sign-in opens the admin too, and is not for `by` to move, close or open.

    Whoever has the address of such an account can choose its password. The command line (None) may.
    """
    user = coordinator.user
    if user and by and works_in_admin(user) and not by.has_perm("auth.change_user"):
        raise ValidationError(_("This person also works in the admin. Only an administrator can change the sign-in."))


def give_sign_in(coordinator: Coordinator, address: str, by: User | None = None) -> User:
    """Let a coordinator sign in with the address from now on, and with no other.

    Raises ValidationError when the address cannot be used, or `by` may not decide about the account.
    """
    address = address.strip().lower()
    try:
        with transaction.atomic():
            coordinator = Coordinator.objects.select_for_update().get(pk=coordinator.pk)
            check_address(coordinator, address)
            if coordinator.user and coordinator.user.email != address:
                check_may_decide(coordinator, by)
            return _save_sign_in(coordinator, address, by)
    except IntegrityError as error:  # two editors gave the same address at once
        raise ValidationError(_("Another account has this address.")) from error


def _save_sign_in(coordinator: Coordinator, address: str, by: User | None) -> User:
    user = coordinator.user or User(is_active=True)
    old_address = user.email
    if address != old_address:
        user.username = user.email = address
        end_sessions(user)
        user.save()
    # The row alone: saving the entry would also write what somebody else has changed since it was read.
    Coordinator.objects.filter(pk=coordinator.pk).update(user=user)
    log_address(coordinator, address, old_address, by)
    return user


def log_address(coordinator: Coordinator, address: str, old_address: str, by: User | None = None) -> None:
    """Note in the log which address a coordinator signs in with from now on, and with which until now ("" for none).

    Another address may be somebody else's, who then answers for none of what was done before.
    """
    log(coordinator, INVITE, user=by, data={"address": address, "old_address": old_address})


def close_sign_in(user: User) -> None:
    """Let an account sign in no longer, and end its sessions at once."""
    user.is_active = False
    end_sessions(user)
    user.save()


def end_sessions(user: User) -> None:
    """Make every session and passkey of an account worthless; the caller saves it.

    A session holds a hash of the password, and each unusable password is another.
    """
    user.set_unusable_password()
    if user.pk:
        Authenticator.objects.filter(user=user).delete()
