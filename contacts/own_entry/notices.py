"""Mail about a change of numbers or of the e-mail: whoever took over a sign-in must not change them unseen."""

import logging
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from wagtail.models import ModelLogEntry

from contacts.editors import editor_addresses
from contacts.fields import COORDINATOR_FIELDS, MUNICIPALITY_FIELDS, Is, names_with
from contacts.mail import send_mail
from contacts.models import Coordinator, Municipality
from contacts.own_entry.history import actor_name
from contacts.own_entry.values import Changes, shown_changes

logger = logging.getLogger(__name__)

MAILED = names_with(Is.MAILED, COORDINATOR_FIELDS)
MAILED_OF_MUNICIPALITY = names_with(Is.MAILED, MUNICIPALITY_FIELDS)
LINK_DAYS = 14
_SALT = "contacts.own_entry.notices"


def mailed_changes(change: ModelLogEntry) -> Changes:
    """Return what a logged change did to the numbers and the e-mail."""
    return {name: values for name, values in change.data["changes"].items() if name in MAILED}


def tell_of_change(entry: Coordinator, change: ModelLogEntry) -> None:
    """Mail the editors and the addresses until now, with the link that takes the change back, after commit."""
    changes = mailed_changes(change)
    if changes:
        link = settings.SITE_URL + reverse("own_entry:revert", args=[make_token(change)])
        old_address = changes["email"]["old"] if "email" in changes else entry.email
        _send_after_commit("contact_changed.txt", entry, change, old_address, link)


def tell_of_revert(entry: Coordinator, change: ModelLogEntry) -> None:
    """Mail the editors and the restored address, after commit.

    Not the address that was taken away: it may be that of whoever put it there.
    """
    _send_after_commit("contact_reverted.txt", entry, change, entry.email)


def tell_of_correction(municipality: Municipality, change: ModelLogEntry) -> None:
    """Mail the editors what a coordinator has changed of a municipality that readers call by, after commit."""
    changes = change.data["changes"]
    if changes.keys().isdisjoint(MAILED_OF_MUNICIPALITY):
        return
    values = {
        "municipality": municipality,
        "changes": shown_changes(Municipality, changes),
        "who": actor_name(change),
        "when": change.timestamp,
        "link": settings.SITE_URL + reverse("wagtailsnippets_contacts_municipality:edit", args=[municipality.pk]),
    }
    _mail_each("municipality_corrected.txt", editor_addresses(), values)


def make_token(change: ModelLogEntry) -> str:
    """Return what the link that takes a change back ends with."""
    return signing.dumps(change.pk, salt=_SALT)


def read_token(token: str) -> ModelLogEntry | None:
    """Return the change that a link takes back; None when the link is no longer, or never was, one of ours."""
    try:
        pk = signing.loads(token, salt=_SALT, max_age=LINK_DAYS * 24 * 3600)
    except signing.BadSignature:
        return None
    return ModelLogEntry.objects.filter(pk=pk).first()


def _send_after_commit(
    template: str, entry: Coordinator, change: ModelLogEntry, public_address: str, link: str = ""
) -> None:
    owner = entry.user.email if entry.user else ""
    addresses = filter(None, dict.fromkeys([*editor_addresses(), public_address, owner]))
    values = {
        "name": entry.name,
        "changes": shown_changes(Coordinator, mailed_changes(change)),
        "who": actor_name(change),
        "when": change.timestamp,
        "link": link,
        "days": LINK_DAYS,
    }
    _mail_each(template, addresses, values)


def _mail_each(template: str, addresses: Iterable[str], values: dict[str, Any]) -> None:
    for address in addresses:
        transaction.on_commit(partial(_send, template, address, values))


def _send(template: str, address: str, values: dict[str, Any]) -> None:
    # The change is saved; a mail server that is away must not look as if it were not, nor stop the next mail.
    try:
        send_mail(template, [address], **values)
    except OSError:
        logger.exception("A notice of a changed contact could not be mailed")
