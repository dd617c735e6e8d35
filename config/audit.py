"""The log of who signs in and who may do what (logger `config.accounts`).

Never a password or a code; an address only where there is an account with it.
"""

import logging
from typing import Any

from allauth.account import signals as account
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser, Group, User
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest
from wagtail.models import GroupPagePermission

from config.accounts import active_accounts, client_network
from config.sign_in import throttled, turned_away
from pages.log_names import ObjectName

log = logging.getLogger("config.accounts")

ROLE_FIELDS = ("email", "is_active", "is_superuser")


def who(user: Any) -> str:
    """Return how the log names an account."""
    return ObjectName(user, f"account {user.pk} ({user.email})") if isinstance(user, User) else "nobody"


def actor() -> str:
    """Return who does what is going on; the command line when there is no request."""
    request = context.request
    return who(request.user) if request is not None and hasattr(request, "user") else "the command line"


def _named(address: str) -> str:
    accounts = active_accounts(address)
    return who(accounts[0]) if len(accounts) == 1 else ", ".join(map(who, accounts)) or "an unknown address"


@receiver(account.user_logged_in)
def _signed_in(sender: Any, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> None:
    ways = "+".join(record.get("type", record["method"]) for record in get_authentication_records(request, user))
    log.info("Signed in: %s from %s by %s", who(user), client_network(request), ways)


@receiver(user_logged_out)
def _signed_out(sender: Any, request: HttpRequest, user: AbstractBaseUser | None, **kwargs: Any) -> None:
    log.info("Signed out: %s", who(user))


@receiver(user_login_failed)
def _password_failed(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    place = client_network(request) if request is not None else "the command line"
    log.warning("Wrong password: %s from %s", _named(credentials.get("email", "")), place)


@receiver(throttled)
def _throttled(sender: Any, request: HttpRequest, address: str, **kwargs: Any) -> None:
    log.warning("Too many attempts: %s from %s", _named(address), client_network(request))


@receiver(turned_away)
def _turned_away(sender: Any, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> None:
    log.warning("Turned away: %s from %s", who(user), client_network(request))


@receiver(account.login_code_rejected)
@receiver(mfa.authentication_failed)
def _code_failed(sender: Any, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> None:
    log.warning("Wrong code: %s from %s", who(user), client_network(request))


@receiver(account.password_changed)
@receiver(account.password_reset)
def _password_changed(sender: Any, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> None:
    log.info("Password changed: %s from %s", who(user), client_network(request))


@receiver(mfa.authenticator_added)
@receiver(mfa.authenticator_reset)
def _factor_added(sender: Any, user: AbstractBaseUser, authenticator: Authenticator, **kwargs: Any) -> None:
    log.info("Second factor added: %s for %s", authenticator.type, who(user))


@receiver(mfa.authenticator_removed)
def _factor_removed(sender: Any, user: AbstractBaseUser, authenticator: Authenticator, **kwargs: Any) -> None:
    log.info("Second factor removed: %s from %s", authenticator.type, who(user))


@receiver(pre_save, sender=User)
def _remember_role(sender: Any, instance: User, **kwargs: Any) -> None:
    before = sender.objects.filter(pk=instance.pk).values(*ROLE_FIELDS).first()
    now = {field: getattr(instance, field) for field in ROLE_FIELDS}
    instance.changed_role = [  # type: ignore[attr-defined]
        f"{field}={value}" for field, value in now.items() if before and before[field] != value
    ]


@receiver(post_save, sender=User)
def _account_saved(sender: Any, instance: User, created: bool, **kwargs: Any) -> None:
    if created:
        log.info("Account made: %s by %s, superuser=%s", who(instance), actor(), instance.is_superuser)
    elif instance.changed_role:  # type: ignore[attr-defined]
        log.info("Account changed: %s by %s: %s", who(instance), actor(), ", ".join(instance.changed_role))  # type: ignore[attr-defined]


@receiver(post_delete, sender=User)
@receiver(post_delete, sender=Group)
def _deleted(sender: Any, instance: User | Group, **kwargs: Any) -> None:
    name = who(instance) if isinstance(instance, User) else ObjectName(instance, f"role {instance}")
    log.info("Deleted: %s by %s", name, actor())


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
@receiver(m2m_changed, sender=Group.permissions.through)
def _role_changed(sender: Any, instance: Any, action: str, model: Any, pk_set: set[int] | None, **kwargs: Any) -> None:
    if action not in {"post_add", "post_remove", "pre_clear"}:
        return
    name = who(instance) if isinstance(instance, User) else f"role {instance}"
    others = model.objects.filter(pk__in=pk_set or []) if action != "pre_clear" else ["everything"]
    listed = ", ".join(who(other) if isinstance(other, User) else str(other) for other in others)
    log.info("Role %s: %s, %s by %s", action.partition("_")[2], name, listed, actor())


@receiver(post_save, sender=GroupPagePermission)
@receiver(post_delete, sender=GroupPagePermission)
def _section_changed(sender: Any, instance: GroupPagePermission, **kwargs: Any) -> None:
    if kwargs.get("raw"):
        return  # of a fixture: the group may not be there yet
    change = "given" if "created" in kwargs else "taken"
    what = f"{instance.permission.codename} on page {instance.page_id}"
    log.info("Section %s: %s for role %s by %s", change, what, instance.group, actor())
