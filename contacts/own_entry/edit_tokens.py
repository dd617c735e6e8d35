"""Edit tokens: the values that a form was made from, signed, by which a save notices an edit conflict."""

from django.core import signing

from contacts.models import Coordinator, Municipality
from contacts.own_entry.values import Values

_SALT = "contacts.own_entry.edit_token"


class WrongObject(Exception):  # noqa: N818  (no error of the code: the user has switched entries in another tab)
    """The page was made from another row than the one that is to be changed."""


def edit_token(row: Coordinator | Municipality, values: Values) -> str:
    """Return the values of a row as a hidden field carries them."""
    return signing.dumps([_key(row), values], salt=_SALT, compress=True)


def read_edit_token(row: Coordinator | Municipality, token: str) -> Values | None:
    """Return the values that a page of this row was made from, None when that is not known.

    Raises WrongObject.
    """
    try:
        key, values = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    if key != _key(row):
        raise WrongObject
    return values


def _key(row: Coordinator | Municipality) -> str:
    return str(row.uid) if isinstance(row, Coordinator) else row.code
