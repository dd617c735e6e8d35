"""The site's HTTP server: waitress, which answers what is cached where it reads requests, and the rest in threads."""

import logging
import time
from collections.abc import Callable
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.wasyncore import poll2

CONNECTIONS = 800  # at once; a process may have 1,024 files and connections open
# Bytes of a request. nginx lets forms of 25 MB through, and heads of 32 kB.
MAX_HEAD, MAX_BODY = 64_000, 26_214_400
IDLE_SECONDS = 120  # after which a connection is closed that nothing is done with
LOOK_SECONDS = 1.0  # at most between two looks whether something is to be done beside reading and writing

type AtOnce = Callable[[bytes], bytes | None]


class Channel(HTTPChannel):
    """A connection. A request that can be answered at once needs no thread and no WSGI environment."""

    server: "Server"

    def received(self, data: bytes) -> bool:
        """Take what was read: the first bytes of a request, or more of it."""
        is_between_requests = not (self.request or self.requests or self.will_close or self.close_when_flushed)
        answer = self.server.at_once(data) if is_between_requests else None
        if answer is None:
            return super().received(data)
        if (sent := self.send(answer)) < len(answer) and self.connected:
            self.write_soon(answer[sent:])
        return True

    @property
    def is_busy(self) -> bool:
        """Whether a request is being read or answered."""
        return bool(self.request or self.requests or self.total_outbufs_len)


class Server(TcpWSGIServer):
    """Listens from when it is made; `at_once` returns the answer to the bytes of a request, or None."""

    channel_class = Channel

    def __init__(self, application: Any, at_once: AtOnce | None, address: str, port: int, threads: int) -> None:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # it warns of each request that waits for a thread
        host = f"[{address}]" if ":" in address else address
        adjustments = Adjustments(
            listen=f"{host}:{port}",
            threads=threads,
            connection_limit=CONNECTIONS,
            channel_timeout=IDLE_SECONDS,
            max_request_header_size=MAX_HEAD,
            max_request_body_size=MAX_BODY,
            clear_untrusted_proxy_headers=False,  # `SECURE_PROXY_SSL_HEADER` is told by nginx, and Health looks at them
            ident=None,
        )
        self.at_once: AtOnce = at_once or (lambda _data: None)
        self._open: dict[int, Any] = {}  # what is read from and written to, by its descriptor
        super().__init__(application, map=self._open, adj=adjustments, sockinfo=adjustments.listen[0])

    def serve_while(self, goes_on: Callable[[], bool], until: float = float("inf")) -> None:
        """Read and answer as long as is said, until a moment (monotonic seconds) at the latest."""
        while goes_on() and (left := until - time.monotonic()) > 0:
            poll2(min(LOOK_SECONDS, left), self._open)

    def close_to_new_connections(self) -> None:
        """Stop listening; the connections there are stay."""
        self.accepting = False
        self.del_channel()
        self.socket.close()

    @property
    def is_busy(self) -> bool:
        """Whether a request is being read or answered on any connection."""
        return any(channel.is_busy for channel in list(self.active_channels.values()))
