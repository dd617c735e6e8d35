"""Sending what waits: each mail by one process at a time, and none held up by another."""

import logging
import smtplib
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone

from pages.log_names import ObjectName
from pages.outbox.models import EXPIRED, GIVEN_UP_AFTER, WaitingMail, storable

logger = logging.getLogger(__name__)

SERVER = "server"  # in settings.MAILERS
LEASE = timedelta(minutes=3)  # after which mail is tried again whose sender was killed; no try takes longer
ERROR_LENGTH = 300


class ServerAwayError(Exception):
    """No mail can be sent now, whatever it is."""


@dataclass(slots=True)
class Outcome:
    """How many mails went out, and how many did not."""

    sent: int = 0
    failed: int = 0


def send_waiting() -> Outcome:
    """Send what is due. A mail server that cannot be reached is asked once; what it refuses stops no other mail.

    A mail is marked before it is sent, so that no other process sends it too. Whoever is killed between sending and
    noting that it is sent leaves it to be sent again.
    """
    outcome = Outcome()
    _drop_expired()
    while mail := WaitingMail.objects.due().first():
        if not _claim(mail):
            continue  # another process was first
        if not mail.to:
            mail.delete()
            continue
        try:
            _send(mail)
        except ServerAwayError as error:
            _note_failure(mail, error.__cause__ or error, is_final=False)
            outcome.failed += 1
            break
        except Exception as error:  # noqa: BLE001 (whatever it is, it must not keep other mail back)
            _note_failure(mail, error, is_final=is_refused_for_good(error))
            outcome.failed += 1
        else:
            mail.blank(also_address=True)
            mail.mailed_at = timezone.now()
            mail.save()
            outcome.sent += 1
    return outcome


def is_refused_for_good(error: Exception) -> bool:
    """Tell whether another try would end alike: the address or the mail is refused, and not the site as a sender."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            return all(code >= 500 for code, _reason in error.recipients.values())
        case smtplib.SMTPDataError():
            return error.smtp_code >= 500
        case smtplib.SMTPNotSupportedError() | ValueError():  # an address that cannot stand in a mail
            return True
    return False


def _claim(mail: WaitingMail) -> bool:
    """Keep a mail for this process; False when it has changed since it was read."""
    as_read = WaitingMail.objects.filter(pk=mail.pk, next_try_at=mail.next_try_at, mailed_at=None, given_up_at=None)
    mail.next_try_at = timezone.now() + LEASE
    mail.tried += 1
    return as_read.update(next_try_at=mail.next_try_at, tried=F("tried") + 1) == 1


def _send(mail: WaitingMail) -> None:
    message = EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    connection = _open_connection()
    try:
        connection.send_messages([message])
    finally:
        _close(connection)


def _open_connection() -> BaseEmailBackend:
    """Return an open connection to the mail server.

    Raises ServerAwayError whatever went wrong, also for a password that cannot be sent: the mail is not at fault.
    """
    try:
        connection = mailers[SERVER]
    except Exception as error:
        raise ServerAwayError from error
    try:
        connection.open()
    except Exception as error:
        _close(connection)
        raise ServerAwayError from error
    return connection


def _close(connection: BaseEmailBackend) -> None:
    with suppress(OSError):  # it is sent, or has failed already
        connection.close()


def _note_failure(mail: WaitingMail, error: BaseException, *, is_final: bool) -> None:
    """Keep why it was not sent, and when it is tried again, if ever."""
    now = timezone.now()
    is_final = is_final or now - mail.created_at > GIVEN_UP_AFTER
    name = ObjectName(mail)
    logger.warning("Mail %s (%s) was not sent at try %s: %s", name, mail.kind, mail.tried, type(error).__name__)
    mail.error = _words(error)
    mail.next_try_at = now + mail.pause()
    if is_final:
        mail.given_up_at = now
        mail.blank(also_address=False)
    mail.save()


def _words(error: BaseException) -> str:
    """Return what a mail server says, without the address, which stands beside it."""
    reasons: list[object] = [str(error) or type(error).__name__]
    match error:
        case smtplib.SMTPRecipientsRefused():
            reasons = [f"{code} {_text(reason)}" for code, reason in error.recipients.values()]
        case smtplib.SMTPResponseException():
            reasons = [f"{error.smtp_code} {_text(error.smtp_error)}"]
    return storable("; ".join(map(str, reasons)))[:ERROR_LENGTH]


def _text(reason: bytes | str) -> str:
    return reason.decode(errors="replace") if isinstance(reason, bytes) else reason


def _drop_expired() -> None:
    """Give up what is of no use any more: a code that has run out, a link that leads nowhere."""
    now = timezone.now()
    late = WaitingMail.objects.unsent().filter(expires_at__lt=now)
    late.filter(to="").delete()
    late.update(given_up_at=now, error=EXPIRED, subject="", body="", reply_to="")


def delete_old_mail() -> int:
    """Delete what is known of mail that was sent, or never will be; return how many there were."""
    kept_since = timezone.now() - timedelta(days=settings.MESSAGES_KEPT_DAYS)
    done = WaitingMail.objects.exclude(mailed_at=None, given_up_at=None)
    number, _by_model = done.filter(created_at__lt=kept_since).delete()
    return number
