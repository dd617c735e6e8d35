"""A mail server that refuses one recipient, and may take its time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any

from tests.mail import mailers


class _Conversation(StreamRequestHandler):
    server: "MailServer"

    def handle(self) -> None:
        """Answer line by line until the client says goodbye."""
        self.wfile.write(b"220 test\r\n")
        recipient = ""
        while line := self.rfile.readline().decode().strip():
            command = line[:4].upper()
            if command == "QUIT":
                self._answer("221 bye")
                return
            if command == "RCPT":
                recipient = line.partition("<")[2].partition(">")[0]
            if command == "EHLO":
                self._answer("250-test\r\n250 AUTH PLAIN")
            elif command == "RCPT" and recipient == self.server.refused:
                self._answer("550 no such mailbox")
            elif command == "DATA":
                self._answer("354 go on")
                lines = list(iter(self.rfile.readline, b".\r\n"))
                self.server.accepted.append(recipient)
                self.server.messages.append(b"".join(lines))
                self._answer("250 taken")
            else:
                self._answer("250 ok")

    def _answer(self, text: str) -> None:
        time.sleep(self.server.seconds)
        self.wfile.write(f"{text}\r\n".encode())


class MailServer(ThreadingTCPServer):
    """Takes mail for everybody but one, and keeps it, and who it was for."""

    def __init__(self, refused: str, seconds: float) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.refused = refused
        self.seconds = seconds
        self.accepted: list[str] = []
        self.messages: list[bytes] = []

    @property
    def mailers(self) -> dict[str, Any]:
        """The site's settings that lead to this server."""
        return mailers("smtp", host="127.0.0.1", port=self.server_address[1], timeout=10)


@contextmanager
def mail_server(refused: str = "", seconds: float = 0) -> Iterator[MailServer]:
    """Run the server while the test needs it; it takes so many seconds for each answer."""
    with MailServer(refused, seconds) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
