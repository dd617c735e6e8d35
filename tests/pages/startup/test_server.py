"""The server: whom it makes wait, what it refuses, and how it ends."""

import socket
import time
from contextlib import ExitStack

import pytest

from pages.startup import server
from tests.pages.page_cache.servers import SECONDS, ask, cached_pages, running

FORM = b"POST /form/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 8\r\n\r\n"
MISSING = b"GET /missing/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def test_forms_that_come_slowly_hold_no_thread():
    cached = cached_pages()
    with running(cached) as port, ExitStack() as stack:
        slow = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=SECONDS)) for _number in range(12)
        ]
        for connection in slow:
            connection.sendall(FORM + b"half")
        assert ask(port, MISSING).startswith(b"HTTP/1.1 404 ")
        assert cached.asked == ["/missing/"]
        for connection in slow:
            connection.sendall(b"more")
        assert all(connection.recv(65536).startswith(b"HTTP/1.1 404 ") for connection in slow)
    assert cached.asked.count("/form/") == len(slow)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * server.MAX_HEAD + b"\r\n\r\n", b"431"),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % (server.MAX_BODY + 1), b"413"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", b"400"),
        (b"no request\r\n\r\n", b"400"),
    ],
)
def test_what_is_too_much_or_no_request_is_refused(request_, status):
    cached = cached_pages()
    with running(cached) as port:
        assert ask(port, request_).split()[1] == status
        assert ask(port, MISSING).startswith(b"HTTP/1.1 404 ")  # and it goes on
    assert cached.asked == ["/missing/"]


def test_more_connections_than_there_may_be_wait_until_one_is_closed(monkeypatch):
    monkeypatch.setattr(server, "CONNECTIONS", 6)  # two of them are the server's own
    with running(cached_pages()) as port, ExitStack() as stack:
        held = [stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=SECONDS)) for _ in range(4)]
        time.sleep(0.2)
        waiting = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=0.5))
        waiting.sendall(MISSING)
        with pytest.raises(TimeoutError):
            waiting.recv(100)
        held[0].close()
        waiting.settimeout(SECONDS)
        assert waiting.recv(100).startswith(b"HTTP/1.1 404 ")
