"""Fill an empty database: content, the site's address, and sign-ins, those of admin users with generated passwords.

A live site gets neither what is invented nor sign-ins; texts and its administrator it gets from `manage.py init`.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError
from django.core.management.base import OutputWrapper
from django.db import transaction
from wagtail.models import Site

from pages.examples import TAKE_DOWN, published_examples
from pages.registry import registered_functions
from pages.roles import ADMINISTRATOR, EDITOR
from pages.starter import loader
from pages.starter.facts import load_facts
from pages.startup.progress import Step
from pages.statistics import analyze

LEGIBLE = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is mistaken for another: i, l, o, 0, 1


def load_content(out: OutputWrapper) -> None:
    """Load the starter content if there is none; of a live site what is true of every site."""
    if settings.SITE_LIVE:
        load_facts()
    elif loader.is_empty():
        load_texts(out)


def load_texts(out: OutputWrapper) -> None:
    """Load the starter content, on a live site without what is invented."""
    with Step(out, "Loading the starter content") as step:
        loader.load(step.write, examples=not settings.SITE_LIVE)
        analyze()


def refuse_examples() -> None:
    """Refuse to start a live site that shows something invented, and name it."""
    if settings.SITE_LIVE and (found := published_examples()):
        raise CommandError("\n".join([*(f"Published, and an example: {example}" for example in found), TAKE_DOWN]))


def keep_site_address() -> None:
    """Make Wagtail's site answer at SITE_URL; writes only if that changed."""
    address = urlsplit(settings.SITE_URL)
    hostname, port = address.hostname, address.port or (443 if address.scheme == "https" else 80)
    for site in Site.objects.filter(is_default_site=True).exclude(hostname=hostname, port=port):
        site.hostname, site.port = hostname, port
        site.save()


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account that was made: where it signs in, and with which password; without one by a code."""

    path: str
    address: str
    password: str = ""


def make_sign_ins(show: Callable[[list[SignIn]], None]) -> None:
    """Give a demonstration without users one sign-in of each kind, and show their passwords.

    They are shown before the transaction ends, so that no account exists that nobody has seen.
    """
    if settings.SITE_LIVE or get_user_model().objects.exists():
        return
    with transaction.atomic():
        sign_ins = [_make_admin_user(role) for role in (ADMINISTRATOR, EDITOR)]
        sign_ins += [SignIn(*make()) for make in registered_functions("sign_in_makers")]
        show(sign_ins)


def _make_admin_user(role: str) -> SignIn:
    sign_in = SignIn("/admin/", f"{role}@example.org", readable_password())
    user = get_user_model().objects.create_user(role, sign_in.address, sign_in.password)
    user.groups.add(Group.objects.get(name=role))
    return sign_in


def readable_password() -> str:
    """Return four groups of four characters that are easy to read out: 79 bits."""
    return "-".join("".join(secrets.choice(LEGIBLE) for _ in range(4)) for _ in range(4))
