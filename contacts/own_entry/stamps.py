"""Stamps: what a page showed when it was made, signed, so that a save can tell what has changed since."""

from django.core import signing

from contacts.models import Coordinator, Municipality
from contacts.own_entry.values import Values

_SALT = "contacts.own_entry.stamp"


class OtherRow(Exception):  # noqa: N818  (no error of the code: the holder has changed entries in another tab)
    """The page was made from another row than the one that is to be changed."""


def stamp(row: Coordinator | Municipality, values: Values) -> str:
    """Return the values of a row as a hidden field carries them."""
    return signing.dumps([_key(row), values], salt=_SALT, compress=True)


def read_stamp(row: Coordinator | Municipality, stamped: str) -> Values | None:
    """Return the values that a page of this row was made from, None when that is not known.

    Raises OtherRow.
    """
    try:
        key, values = signing.loads(stamped, salt=_SALT)
    except signing.BadSignature:
        return None
    if key != _key(row):
        raise OtherRow
    return values


def _key(row: Coordinator | Municipality) -> str:
    return str(row.uid) if isinstance(row, Coordinator) else row.code
