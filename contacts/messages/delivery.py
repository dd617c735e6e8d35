"""Who gets a message: the coordinator whose number is wrong, whoever stands in for them, and the editors."""

import logging

from django.db import transaction

from contacts.editors import editor_addresses
from contacts.mail import queue_mail
from contacts.models import Coordinator, MessageKind, ReaderMessage
from contacts.reminders import address
from pages.log_names import ObjectName
from pages.models import MailKind

logger = logging.getLogger(__name__)


@transaction.atomic
def keep_and_mail(message: ReaderMessage) -> None:
    """Save a message with the mails that tell of it, one to each: nobody sees another's sign-in address."""
    message.save()
    recipients = _recipients(message)
    if not recipients:
        logger.warning("Message %s was kept, but there is nobody to mail it to.", ObjectName(message))
    queue_mail(MailKind.READER_MESSAGE, "reader_message.txt", recipients, message.reply_to, message=message)


def _recipients(message: ReaderMessage) -> list[str]:
    coordinator = message.coordinator if message.kind == MessageKind.WRONG_NUMBER else None
    coordinators = filter(None, [coordinator, _stand_in(coordinator)])
    addresses = [*(address(each) for each in coordinators), *editor_addresses()]
    return list(filter(None, dict.fromkeys(addresses)))


def _stand_in(coordinator: Coordinator | None) -> Coordinator | None:
    """Return the deputy who keeps somebody's entry today."""
    return coordinator.deputy if coordinator and coordinator.is_on_leave else None
