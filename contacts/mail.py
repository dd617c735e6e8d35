"""Mail to coordinators and editors: text from `templates/contacts/mail/`, in the site's first language."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template import Context, Engine
from django.utils import translation
from django.utils.translation import gettext as _

from pages.models import MailKind, WaitingMail


def validate_mailable(address: str) -> None:
    """Refuse what looks like an address but cannot stand in a mail: Django's check knows no forbidden letters."""
    try:
        address.rpartition("@")[2].encode("idna")
    except UnicodeError as error:
        raise ValidationError(_("Write the whole address, such as name@example.se.")) from error


def queue_mail(kind: MailKind, template: str, to: Iterable[str], reply_to: str = "", /, **values: Any) -> None:
    """Keep the text of a template, whose first line is the subject, for each address; sent after the commit."""
    context = Context({"site_url": settings.SITE_URL, **values}, autoescape=False)  # plain text
    with translation.override(settings.LANGUAGE_CODE):
        text = Engine.get_default().get_template(f"contacts/mail/{template}").render(context)
    for address in to:
        WaitingMail.objects.queue(kind, address, text, reply_to=reply_to)
