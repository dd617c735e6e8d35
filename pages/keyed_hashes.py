"""Hashes that this site alone can make: what is hashed cannot be guessed from them without its key."""

from django.conf import settings
from django.utils.crypto import salted_hmac


def keyed_hashes(salt: str, value: str) -> list[str]:
    """Return the hashes of a value in 64 hexadecimal digits: under SECRET_KEY, then under each earlier key.

    The first is to be stored or sent, and each of them is right when it comes back.
    """
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return [salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest() for secret in secrets]
