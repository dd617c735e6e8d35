"""Links that take a change of the numbers or the e-mail back: to whom they go, and until when they work.

A link belongs to a change, which is a row of the log, and to its receiver. It works while the change would still be
mailed to that receiver, and takes back of the change what nobody has saved since.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.core import signing
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry

from contacts.editors import editors
from contacts.fields import COORDINATOR_FIELDS, Is, names_with
from contacts.models import Coordinator
from contacts.own_entry.access import has_changed_hands, may_change
from contacts.own_entry.history import OWN, all_changes
from contacts.own_entry.log_actions import CHANGE, REVERT
from contacts.own_entry.values import Changes, read_values
from pages.keyed_hashes import keyed_hashes

MAILED = names_with(Is.MAILED, COORDINATOR_FIELDS)
LIFETIME = timedelta(days=14)
_SALT = "contacts.own_entry.links"

type Move = tuple[ModelLogEntry, dict[str, str]]  # a change of the e-mail: "old" and "new"


class Why(TextChoices):
    """Why a link does not work."""

    BROKEN = "broken", _("The link is not complete. Copy the whole link from the mail.")
    OLD = "old", _("The link worked for 14 days after the change.")
    CLOSED = "closed", _("The coordinator has left, and the entry is closed.")
    RECEIVER = "receiver", _("The link was mailed to somebody who may no longer change the entry.")
    VOID = "void", _("The e-mail has been put back since then. That stops all earlier links of the entry.")
    UNDONE = "undone", _("The change has already been undone.")
    SAVED = "saved", _("Somebody has changed the details again since then.")
    UNPUBLISHABLE = "unpublishable", _("The earlier e-mail can no longer be published.")


class LinkGone(Exception):  # noqa: N818  (no error of the code: a link has an end)
    """The link does not work; `why` says the reason."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who a link is mailed to: an account with the address that it has, or an address alone."""

    address: str
    user_id: int | None = None
    role: str = field(default="address", compare=False)  # as the log names it

    @property
    def keys(self) -> list[str]:
        """What stands for the receiver in a new link, then in links from before SECRET_KEY was changed.

        Addresses of links are logged, those of sign-ins are not.
        """
        return [hashed[:16] for hashed in keyed_hashes(_SALT, f"{self.user_id}:{self.address}")]


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that works now; `changes` is what it takes back."""

    entry: Coordinator
    change: ModelLogEntry
    receiver: Receiver
    changes: Changes


def mailed_changes(change: ModelLogEntry) -> Changes:
    """Return what a logged change did to the numbers and the e-mail."""
    return {name: values for name, values in change.data["changes"].items() if name in MAILED}


def make_token(change: ModelLogEntry, receiver: Receiver) -> str:
    """Return what the receiver's link ends with."""
    return signing.dumps([change.pk, receiver.keys[0]], salt=_SALT)


def read_token(token: str) -> tuple[int, str]:
    """Return the keys of the change and of the receiver, without asking the database.

    Raises LinkGone, as does `open_link`.
    """
    try:
        change_pk, receiver_key = signing.loads(token, salt=_SALT, max_age=LIFETIME)
    except signing.SignatureExpired:
        raise LinkGone(Why.OLD) from None
    except signing.BadSignature:
        raise LinkGone(Why.BROKEN) from None
    return change_pk, receiver_key


def open_link(change_pk: int, receiver_key: str, *, lock: bool) -> OpenLink:
    """Return what a link takes back now; `lock` keeps the entry as it is until the end of the transaction."""
    change = ModelLogEntry.objects.filter(pk=change_pk, action=CHANGE).first()
    entries = Coordinator.objects.filter(left_on=None)
    if lock:
        entries = entries.select_for_update(of=("self",))
    entry = entries.filter(pk=change.object_id).first() if change else None
    if change is None or entry is None:
        raise LinkGone(Why.CLOSED)
    # First of all the right: whoever has none is told nothing about the entry.
    receiver = next((each for each in _receivers(entry, change) if receiver_key in each.keys), None)
    if receiver is None:
        raise LinkGone(Why.RECEIVER)
    return OpenLink(entry, change, receiver, _open_changes(entry, change))


def receivers(entry: Coordinator, change: ModelLogEntry) -> list[Receiver]:
    """Return who may take a change back, each address once: the editors, the owner, and an older address."""
    return list({receiver.address: receiver for receiver in reversed(list(_receivers(entry, change)))}.values())[::-1]


def _receivers(entry: Coordinator, change: ModelLogEntry) -> Iterator[Receiver]:
    for editor in editors():
        yield Receiver(editor.email, editor.pk, "editor")
    if entry.user and entry.user.is_active and entry.user.email:
        yield Receiver(entry.user.email, entry.user.pk, "owner")
    # Whoever made a change and may make none any more may read that mailbox: an owner's account that was closed.
    if _is_trusted(entry, change) and (address := _older_address(entry, change)):
        yield Receiver(address)


def _open_changes(entry: Coordinator, change: ModelLogEntry) -> Changes:
    """Return what of a change nobody has saved since. Raises LinkGone."""
    later = [(row, changes) for row, changes in all_changes(entry) if row.pk > change.pk]
    if any(row.action == REVERT and "email" in changes for row, changes in later):
        raise LinkGone(Why.UNDONE if _is_undone(change, later) else Why.VOID)
    saved = {name for _row, changes in later for name in changes}
    mailed = mailed_changes(change)
    now = read_values(entry, mailed)
    open_now = {name: values for name, values in mailed.items() if name not in saved and now[name] == values["new"]}
    if not open_now:
        raise LinkGone(Why.UNDONE if _is_undone(change, later) else Why.SAVED)
    if "email" in open_now and Coordinator.objects.signing_in_with(open_now["email"]["old"]).exists():
        del open_now["email"]  # since then it has become the address of a sign-in, which is not published
        if not open_now:
            raise LinkGone(Why.UNPUBLISHABLE)
    return open_now


def _is_undone(change: ModelLogEntry, later: list[tuple[ModelLogEntry, Changes]]) -> bool:
    return any(row.data.get("reverts") == change.pk for row, _changes in later)


def _older_address(entry: Coordinator, change: ModelLogEntry) -> str:
    """Return the e-mail that readers saw before the actor's first change of the entry, if it may be trusted.

    It must still stand, or the actor alone has replaced it, so lately that this can be taken back. And whoever wrote
    it must be somebody who may change the entry now: a deputy's own mailbox stands there after the leave.
    """
    rows = all_changes(entry)
    moves = [(row, changes["email"]) for row, changes in rows if "email" in changes]
    first = next(row.pk for row, _changes in rows if row.user_id == change.user_id)
    since = [(row, email) for row, email in moves if row.pk >= first]
    address = since[0][1]["old"] if since else entry.email
    if entry.email != address and not _has_just_replaced(since, address, change, entry.email):
        return ""
    initial = moves[0][1]["old"] if moves else entry.email
    if address == initial:
        # Before the log, by a command or an import, or by who published it first.
        writing = None if rows[0][0].action in OWN else rows[0][0]
        return address if writing is None or _is_trusted(entry, writing) else ""
    writing = next((row for row, email in moves if email["new"] == address), None)
    return address if writing and _is_trusted(entry, writing) else ""  # a command wrote it if no row did


def _has_just_replaced(moves: list[Move], address: str, change: ModelLogEntry, now: str) -> bool:
    """Tell whether the actor of a change, and nobody else, put another e-mail in the place of this one lately."""
    left = max(number for number, (_row, email) in enumerate(moves) if email["old"] == address)
    are_the_actors = all(row.user_id == change.user_id for row, _email in moves[left:])
    return are_the_actors and moves[-1][1]["new"] == now and moves[left][0].timestamp > change.timestamp - LIFETIME


def _is_trusted(entry: Coordinator, writing: ModelLogEntry) -> bool:
    """Tell whether who wrote a row of the log may change the entry now; a row without a user is the agency's own."""
    writer = writing.user_id or (writing.revision and writing.revision.user_id)
    return writer is None or (may_change(entry, writer) and not has_changed_hands(writer, writing))
