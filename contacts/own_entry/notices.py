"""Mail about a change of the numbers or the e-mail: whoever took over a sign-in must not change them unseen."""

import logging
from functools import partial
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from wagtail.models import ModelLogEntry

from contacts.editors import editor_addresses
from contacts.mail import send_mail
from contacts.models import Coordinator
from contacts.own_entry.history import actor_name
from contacts.own_entry.values import PHONES, Changes, shown_changes

logger = logging.getLogger(__name__)

WATCHED = (PHONES, "email")
LINK_DAYS = 14
_SALT = "contacts.own_entry.notices"


def watched_changes(change: ModelLogEntry) -> Changes:
    """Return what a logged change did to the numbers and the e-mail."""
    return {name: values for name, values in change.data["changes"].items() if name in WATCHED}


def tell_of_change(entry: Coordinator, change: ModelLogEntry) -> None:
    """Mail the editors and the addresses until now, with the link that takes the change back, after commit."""
    changes = watched_changes(change)
    if changes:
        token = signing.dumps(change.pk, salt=_SALT)
        link = settings.SITE_URL + reverse("own_entry:revert", args=[token])
        old_address = changes["email"]["old"] if "email" in changes else entry.email
        _send_after_commit("contact_changed.txt", entry, change, old_address, link)


def tell_of_revert(entry: Coordinator, change: ModelLogEntry) -> None:
    """Mail the editors and the restored address, after commit.

    Not the address that was taken away: it may be that of whoever put it there.
    """
    _send_after_commit("contact_reverted.txt", entry, change, entry.email)


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
    addresses = dict.fromkeys([*editor_addresses(), public_address, owner])
    values = {
        "name": entry.name,
        "changes": shown_changes(Coordinator, watched_changes(change)),
        "who": actor_name(change),
        "when": change.timestamp,
        "link": link,
        "days": LINK_DAYS,
    }
    for address in filter(None, addresses):
        transaction.on_commit(partial(_send, template, address, values))


def _send(template: str, address: str, values: dict[str, Any]) -> None:
    # The change is saved; a mail server that is away must not look as if it were not, nor stop the next mail.
    try:
        send_mail(template, [address], **values)
    except OSError:
        logger.exception("A notice of a changed contact could not be mailed")
