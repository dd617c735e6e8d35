"""The secrets of second factors as the database holds them: encrypted, by a key that SECRET_KEY gives."""

import logging
from base64 import urlsafe_b64encode
from contextlib import suppress
from functools import lru_cache
from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

MARK = "fernet:"  # before what is encrypted; a secret from before that has none
PURPOSE = b"secrets of second factors"
SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}
UNREADABLE = _("The second step cannot be checked. Ask the site's administrator to remove it, then add it again.")

log = logging.getLogger("config.accounts")


def encrypt(secret: str) -> str:
    """Return a secret as it is stored."""
    return MARK + _fernet(settings.SECRET_KEY).encrypt(secret.encode()).decode()


def decrypt(stored: str) -> str:
    """Return a stored secret, also one from before secrets were encrypted, or under an earlier SECRET_KEY.

    Raises ValidationError where no key opens it: a guess must not be compared with anything.
    """
    if not stored.startswith(MARK):
        return stored
    keys = MultiFernet([_fernet(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])
    try:
        return keys.decrypt(stored.removeprefix(MARK)).decode()
    except InvalidToken as error:
        log.exception("A second factor cannot be read: SECRET_KEY was changed without SECRET_KEY_FALLBACKS")
        raise ValidationError(UNREADABLE) from error


def is_current(stored: str) -> bool:
    """Tell whether a stored secret is encrypted under the present SECRET_KEY."""
    try:
        return stored.startswith(MARK) and bool(_fernet(settings.SECRET_KEY).decrypt(stored.removeprefix(MARK)))
    except InvalidToken:
        return False


@lru_cache(8)
def _fernet(key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(key.encode())
    return Fernet(urlsafe_b64encode(derived))


@receiver(signals.authenticator_used)
def _encrypt_anew(sender: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """Encrypt what the account has stored plainly, or under an earlier key, once any of its factors has been used."""
    factors = Authenticator.objects.filter(user=authenticator.user_id, type__in=SECRETS)
    if all(is_current(_secret(factor)) for factor in factors):
        return
    with transaction.atomic():
        for row in factors.select_for_update():  # which codes are used stands there
            with suppress(ValidationError):  # another key is lost, which must not keep out who has shown who they are
                row.data[SECRETS[Authenticator.Type(row.type)]] = encrypt(decrypt(_secret(row)))
                row.save(update_fields=["data"])


def _secret(factor: Authenticator) -> str:
    return factor.data[SECRETS[Authenticator.Type(factor.type)]]
