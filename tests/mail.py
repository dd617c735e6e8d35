"""The mail that a test makes the site write, read back from the folder it lies in."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

# Settings of a mail server that is not there: nobody listens on this port.
NO_MAIL_SERVER = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 5},
    }
}


@dataclass(frozen=True, slots=True)
class MailFolder:
    """A folder of mail as Django's file backend writes it: a message, a line of hyphens, the next."""

    folder: Path

    def messages(self) -> list[EmailMessage]:
        """Return every message, oldest first."""
        return [
            message_from_bytes(part, policy=policy.default)
            for file in sorted(self.folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
            for part in file.read_bytes().split(b"-" * 79 + b"\n")
            if part.strip()
        ]

    def to(self, address: str) -> list[EmailMessage]:
        """Return the messages to an address."""
        return [message for message in self.messages() if address in str(message["To"])]


def text(message: EmailMessage) -> str:
    """Return the plain text of a message."""
    body = message.get_body(("plain",))
    assert body is not None
    return body.get_content().rstrip("\n")
