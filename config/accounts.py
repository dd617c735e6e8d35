"""Whose account it is, and how its owner has signed in.

Admin users (authors, editors, administrators) have access to the admin and sign in with a password,
on a live site with a second factor too. Coordinators have none; they sign in with a code by mail.
Either may use a passkey. An account has one address, `User.email`: allauth's table of addresses
stays empty, so that nothing but that one field decides who gets a code.
"""

import time
from typing import Any, TypeGuard

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.http import HttpRequest

from pages.networks import network_of, wide_network_of

NOBODY = 0  # the key of no account


def is_admin_user(user: AbstractBaseUser | AnonymousUser | None) -> TypeGuard[User]:
    """Tell whether someone has access to the admin."""
    return isinstance(user, User) and user.has_perm("wagtailadmin.access_admin")


def is_coordinator(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Tell whether someone signs in as a coordinator: has an entry, has not left, and is no admin user."""
    entry = getattr(user, "coordinator", None)
    return entry is not None and entry.left_on is None and not is_admin_user(user)


def active_accounts(address: str) -> list[User]:
    """Return the active accounts with this address.

    Compared once more here: what a database takes for the same letter may be another one.
    """
    users = get_user_model().objects.filter(email__iexact=address, is_active=True).order_by("pk")
    return [user for user in users if user.email.lower() == address.lower()]


def accounts_or_nobody(address: str) -> list[User]:
    """Return the active accounts with this address, else one that is not in the database.

    Whoever asks the same of each does the same work for both, so that time does not tell whether there is an account.
    """
    return active_accounts(address) or [User(pk=NOBODY, email=address, password=UNUSABLE_PASSWORD_PREFIX)]


def signed_in_recently(request: HttpRequest) -> bool:
    """Tell whether someone has shown who they are, in whatever way, within the last minutes."""
    records = authentication_records(request)
    return bool(records) and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def has_second_factor(request: HttpRequest) -> bool:
    """Tell whether an authenticator app, a passkey or a recovery code was used in this session."""
    return any(record["method"] == "mfa" for record in authentication_records(request))


def authentication_records(request: HttpRequest) -> list[dict[str, Any]]:
    """Return how the user of this session has signed in, the latest way last; nothing for anonymous users."""
    return get_authentication_records(request, request.user if request.user.is_authenticated else None)


def client_network(request: HttpRequest) -> str:
    """Return the address a request comes from; of IPv6 the network, of which one client has all addresses."""
    return network_of(get_adapter().get_client_ip(request))


def wide_client_network(request: HttpRequest) -> str:
    """Return the network of the organisation that a request comes from."""
    return wide_network_of(get_adapter().get_client_ip(request))
