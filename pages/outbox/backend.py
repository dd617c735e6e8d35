"""What Django and Wagtail mail waits as all other mail does."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from pages.outbox.models import MailKind, WaitingMail


class EmailBackend(BaseEmailBackend):
    """Keeps mail instead of sending it. Plain text alone: the site sends nothing else."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep each mail, once for each recipient, who sees no other's address."""
        for message in email_messages:
            reply_to = ", ".join(message.reply_to)
            for to in message.recipients():
                text = f"{message.subject}\n{message.body}"
                WaitingMail.objects.queue(MailKind.OTHER, to, text, reply_to=reply_to)
        return len(email_messages)
