"""Mail to coordinators and editors: text from `templates/contacts/mail/`, in the site's first language."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.template import Context, Engine
from django.utils import translation
from django.utils.translation import gettext as _


def validate_mailable(address: str) -> None:
    """Refuse what looks like an address but cannot stand in a mail: Django's check knows no forbidden letters."""
    try:
        address.rpartition("@")[2].encode("idna")
    except UnicodeError as error:
        raise ValidationError(_("Write the whole address, such as name@example.se.")) from error


def send_mail(template: str, to: list[str], reply_to: str = "", /, **values: Any) -> None:
    """Send the text of a template, whose first line is the subject.

    Raises OSError when the mail server does not take it (SMTPException is one).
    """
    context = Context({"site_url": settings.SITE_URL, **values}, autoescape=False)  # plain text
    with translation.override(settings.LANGUAGE_CODE):
        text = Engine.get_default().get_template(f"contacts/mail/{template}").render(context)
    subject, _newline, body = text.strip().partition("\n")
    answers_to = [reply_to] if reply_to else None
    EmailMessage(subject=subject, body=body.strip() + "\n", to=to, reply_to=answers_to).send()
