"""The first account of a live site: an administrator, who chooses a password by a link."""

from allauth.account.adapter import get_adapter
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, mailers
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils import translation

from pages.roles import ADMINISTRATOR


def administrator(address: str) -> User:
    """Return the administrator with an address, made where nobody has it; the caller opens the transaction.

    Raises ValidationError for what is no address, and for that of an account that is no administrator's.
    """
    address = address.strip().lower()
    validate_email(address)
    known = User.objects.filter(email__iexact=address).first()
    if known is None:
        user = User(username=address[:150], email=address)
        user.set_unusable_password()
        user.save()
        user.groups.add(Group.objects.get(name=ADMINISTRATOR))
        return user
    if not known.is_active or not known.groups.filter(name=ADMINISTRATOR).exists():
        raise ValidationError(f"{address} has an account that is no administrator's, or is closed. Give another.")
    return known


def password_link(user: User) -> str:
    """Return the address where the account's owner chooses a password: once, for PASSWORD_RESET_TIMEOUT seconds."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    return str(get_adapter().get_reset_password_from_key_url(key))


def send_link(user: User) -> None:
    """Mail the link, in the site's first language. Raises OSError when the server does not take it."""
    with translation.override(settings.LANGUAGE_CODE):
        values = {"site_url": settings.SITE_URL, "password_url": password_link(user)}
        text = render_to_string("account/mail/first_administrator.txt", values).strip()
    subject, _newline, body = text.partition("\n")
    # At once: who gives the command waits for it, and nobody else would send what waits.
    mailers["server"].send_messages([EmailMessage(subject=subject, body=body.strip() + "\n", to=[user.email])])
