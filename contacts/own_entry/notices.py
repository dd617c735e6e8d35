"""Mail about a change of numbers or of the e-mail: whoever took over a sign-in must not change them unseen."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from wagtail.models import ModelLogEntry

from contacts.editors import editor_addresses
from contacts.fields import MUNICIPALITY_FIELDS, Is, names_with
from contacts.mail import queue_mail
from contacts.models import Coordinator, Municipality
from contacts.own_entry.history import actor_name
from contacts.own_entry.links import LIFETIME, mailed_changes, make_token, receivers
from contacts.own_entry.values import shown_changes
from pages.models import MailKind

MAILED_OF_MUNICIPALITY = names_with(Is.MAILED, MUNICIPALITY_FIELDS)


def tell_of_change(entry: Coordinator, change: ModelLogEntry) -> None:
    """Mail who may take the change back the link that does, and the e-mail until now what was changed."""
    changes = mailed_changes(change)
    if not changes:
        return
    old_address = changes["email"]["old"] if "email" in changes else entry.email
    links = {
        receiver.address: settings.SITE_URL + reverse("revert", args=[make_token(change, receiver)])
        for receiver in receivers(entry, change)
    }
    for address in filter(None, dict.fromkeys([*links, old_address])):
        values = _about(entry, change) | {"link": links.get(address, "")}
        queue_mail(MailKind.CONTACT_CHANGE, "contact_changed.txt", [address], **values)


def tell_of_revert(entry: Coordinator, change: ModelLogEntry) -> None:
    """Mail the editors, the owner and the restored e-mail.

    Not the address that was taken away: it may be that of whoever put it there.
    """
    values = _about(entry, change) | {"are_links_void": "email" in change.data["changes"]}
    owner = entry.user.email if entry.user and entry.user.is_active else ""
    receivers_of_notice = filter(None, dict.fromkeys([*editor_addresses(), owner, entry.email]))
    queue_mail(MailKind.CONTACT_CHANGE, "contact_reverted.txt", receivers_of_notice, **values)


def tell_of_correction(municipality: Municipality, change: ModelLogEntry) -> None:
    """Mail the editors what a coordinator has changed of a municipality that readers call by."""
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
    queue_mail(MailKind.CONTACT_CHANGE, "municipality_corrected.txt", editor_addresses(), **values)


def _about(entry: Coordinator, change: ModelLogEntry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "changes": shown_changes(Coordinator, mailed_changes(change)),
        "who": actor_name(change),
        "when": change.timestamp,
        "days": LIFETIME.days,
    }
