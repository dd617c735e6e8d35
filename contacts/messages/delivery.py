"""Who gets a message: the coordinator whose number is wrong, and the editors."""

import logging

from contacts.editors import editor_addresses
from contacts.mail import send_mail
from contacts.models import MessageKind, ReaderMessage

logger = logging.getLogger(__name__)


def deliver(message: ReaderMessage) -> None:
    """Mail a kept message; a mail that fails is logged, and stops neither the others nor the reader."""
    for to in _recipients(message):
        try:
            send_mail("reader_message.txt", to, message.reply_to, message=message)
        except (OSError, ValueError):  # ValueError: an address that came in past the checks
            logger.exception("Message %s was kept, but not mailed.", message.pk)


def _recipients(message: ReaderMessage) -> list[list[str]]:
    """Return the addresses of each mail: coordinators do not see those of the editors."""
    coordinator = message.coordinator if message.kind == MessageKind.WRONG_NUMBER else None
    mails = [[coordinator.email] if coordinator else [], editor_addresses()]
    if not any(mails):
        logger.warning("Message %s was kept, but there is nobody to mail it to.", message.pk)
    return [to for to in mails if any(to)]
