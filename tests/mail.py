"""The mail that a test makes the site write, read back from the folder it lies in."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any


def mailers(backend: str, **options: Any) -> dict[str, Any]:
    """Return settings by which mail waits, as on every site, and is then sent in this way."""
    server = {"BACKEND": f"django.core.mail.backends.{backend}.EmailBackend", "OPTIONS": options}
    return {"default": {"BACKEND": "pages.outbox.backend.EmailBackend"}, "server": server}


NO_MAIL_SERVER = mailers("smtp", host="127.0.0.1", port=1, timeout=5)  # nobody listens on this port


@dataclass(frozen=True, slots=True)
class MailFolder:
    """A folder of mail as Django's file backend writes it: a message, a line of hyphens, the next."""

    folder: Path
    send: Callable[[], object] = lambda: None  # what waits, where this process writes it

    def messages(self) -> list[EmailMessage]:
        """Return every message, oldest first, after what waits is sent."""
        self.send()
        return [
            message_from_bytes(part, policy=policy.default)
            for file in sorted(self.folder.iterdir(), key=lambda file: file.stat().st_mtime_ns)
            for part in file.read_bytes().split(b"-" * 79 + b"\n")
            if part.strip()
        ]

    def to(self, address: str) -> list[EmailMessage]:
        """Return the messages to an address."""
        return [message for message in self.messages() if address in str(message["To"])]


def mail_of_server(folder: Path, address: str, seconds: float = 60) -> list[EmailMessage]:
    """Return the messages to an address that a server has sent, which it does after its answer.

    Waits for the first, and until for a second no other has come.
    """
    end, before = time.monotonic() + seconds, -1
    while (number := len(list(folder.glob("*")))) != before or not MailFolder(folder).to(address):
        assert time.monotonic() < end, f"no mail to {address}"
        before = number
        time.sleep(1)
    return MailFolder(folder).to(address)


def text(message: EmailMessage) -> str:
    """Return the plain text of a message."""
    body = message.get_body(("plain",))
    assert body is not None
    return body.get_content().rstrip("\n")
