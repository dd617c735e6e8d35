"""A mail to the operators about each kind of error, at most once an hour, however many servers have it."""

import hashlib
import logging
from threading import Thread

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage, mailers
from django.db import Error as DatabaseError
from django.db import connections
from django.utils.translation import gettext, gettext_noop, override

from config.logs import OncePerHour, kind_of

SERVER = "server"  # in settings.MAILERS
SUBJECT = gettext_noop("Error on the site: {site}")
TEXT = gettext_noop(
    "One of several like it, or the only one: an error of a kind is mailed at most once an hour. What it means is in"
    " config/OPERATIONS.md; the rest is in the log."
)


class OperatorMail(logging.Handler):
    """Mails a record to OPERATORS from a thread of its own: it waits for nobody, and needs no transaction of others."""

    def emit(self, record: logging.LogRecord) -> None:
        """Send it, unless nobody wants it."""
        if settings.OPERATORS:
            kind = hashlib.sha256(repr(kind_of(record)).encode()).hexdigest()
            Thread(target=_send, args=[kind, self.format(record)], name="mail to operators").start()


def _send(kind: str, line: str) -> None:
    try:
        if _is_first(kind):
            subject = " / ".join(_in_every_language(SUBJECT)).format(site=settings.SITE_HOST)
            body = "\n\n".join([line, *_in_every_language(TEXT)]) + "\n"
            message = EmailMessage(subject=subject, body=body, to=settings.OPERATORS)
            mailers[SERVER].send_messages([message])
    except OSError as error:
        # not as an error, which would be mailed
        logging.getLogger(__name__).warning("Operators could not be told of an error: %s", type(error).__name__)
    finally:
        connections.close_all()


def _in_every_language(text: str) -> list[str]:
    if not apps.ready:  # no catalogue can be read yet, and an error from then is told all the same
        return [text]
    told = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            told.append(gettext(text))
    return told


def _is_first(kind: str) -> bool:
    """Tell whether no other server has told of it; each tells while the database is away."""
    try:
        return cache.add(f"told-operators:{kind}", 1, OncePerHour.seconds)
    except DatabaseError:
        return True
