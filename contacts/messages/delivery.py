"""Who gets a message: the coordinator whose number is wrong, whoever stands in for them, and the editors."""

import logging

from contacts.editors import editor_addresses
from contacts.mail import send_mail
from contacts.models import Coordinator, MessageKind, ReaderMessage
from contacts.reminders import address

logger = logging.getLogger(__name__)


def deliver(message: ReaderMessage) -> None:
    """Mail a kept message; a mail that fails is logged, and stops neither the others nor the reader."""
    for to in _recipients(message):
        try:
            send_mail("reader_message.txt", to, message.reply_to, message=message)
        except (OSError, ValueError):  # ValueError: an address that came in past the checks
            logger.exception("Message %s was kept, but not mailed.", message.pk)


def _recipients(message: ReaderMessage) -> list[list[str]]:
    """Return the addresses of each mail: nobody sees another's, which may be one to sign in with."""
    coordinator = message.coordinator if message.kind == MessageKind.WRONG_NUMBER else None
    coordinators = filter(None, [coordinator, _stand_in(coordinator)])
    mails = [*([address(each)] for each in coordinators), editor_addresses()]
    if not any(map(any, mails)):
        logger.warning("Message %s was kept, but there is nobody to mail it to.", message.pk)
    return [to for to in mails if any(to)]


def _stand_in(coordinator: Coordinator | None) -> Coordinator | None:
    """Return the deputy who keeps somebody's entry today."""
    return coordinator.deputy if coordinator and coordinator.is_on_leave else None
