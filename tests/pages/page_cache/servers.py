"""A server on this machine whose pages are cached, with and without answers at once, and raw requests to it."""

import re
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import quote_from_bytes

from pages.page_cache.cached_response import HIT, CachedResponse
from pages.page_cache.direct import DirectAnswers
from pages.page_cache.rules import CacheKey, cache_key
from pages.startup.server import Server
from tests.pages.page_cache.hostile_requests import PATHS

HTML = [("Content-Type", "text/html; charset=utf-8"), ("X-Frame-Options", "DENY")]
SECONDS = 20


def a_response(text: str, size: int = 3000) -> CachedResponse:
    body = f"{text} ".encode().ljust(size, b".")
    return CachedResponse.build("200 OK", HTML, body, body, 4e9)


@dataclass(slots=True)
class Cached:
    """What is cached, and the application behind it; `asked` are the paths that it was asked for."""

    responses: dict[CacheKey, CachedResponse]
    asked: list[str] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.asked.append(environ["PATH_INFO"])
        key = cache_key(environ)
        if response := self.responses.get(key) if key else None:
            return response.respond(environ, start_response, HIT)
        body = environ["wsgi.input"].read()
        start_response("404 Not Found", [("Content-Length", str(len(body)))])
        return [body]


def cached_pages() -> Cached:
    """Return a few pages."""
    return Cached({("localhost", path, ""): a_response(path) for path in PATHS})


@contextmanager
def running(cached: Cached, *, at_once: bool = True) -> Iterator[int]:
    """Serve on a free port, and return it."""
    is_over: list[bool] = []
    server = Server(cached, DirectAnswers(cached.responses.get) if at_once else None, "127.0.0.1", 0, 4)
    thread = Thread(target=server.serve_while, args=[lambda: not is_over])
    thread.start()
    try:
        yield int(server.effective_port)
    finally:
        is_over.append(True)
        server.pull_trigger()
        thread.join()
        server.task_dispatcher.shutdown()
        for channel in list(server.active_channels.values()):
            channel.handle_close()
        server.close()


def ask(port: int, *pieces: bytes) -> bytes:
    """Send pieces one after the other, end the connection on this side, and return all that comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as connection:
        for piece in pieces:
            connection.sendall(piece)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def parts(answer: bytes) -> tuple[bytes, set[tuple[bytes, bytes]], bytes]:
    """Return the status line, the headers, and the rest of an answer.

    But for the time, and for that waitress closes the connection after an answer without content.
    """
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.split(b"\r\n")
    headers = {(name.lower(), value) for name, _, value in (line.partition(b": ") for line in lines)}
    return status, {header for header in headers if header[0] not in {b"date", b"connection"}}, body


def raw(environ: dict[str, Any]) -> bytes:
    """Return a request as bytes, as it would have to be sent to become such a WSGI environment."""
    path = quote_from_bytes(environ["PATH_INFO"].encode("latin-1", "replace"), safe="/?#%;&=+")
    query = f"?{environ['QUERY_STRING']}" if environ["QUERY_STRING"] else ""
    lines = [f"{environ['REQUEST_METHOD']} {path}{query} HTTP/1.1", f"Host: {environ['HTTP_HOST']}"]
    for name, value in environ.items():
        if name == "HTTP_HOST" or not (named := re.fullmatch(r"(?:HTTP_)?((?:CONTENT|[A-Z]+)(?:_[A-Z]+)*)", name)):
            continue
        if name.startswith(("HTTP_", "CONTENT_")):
            lines.append(f"{named[1].replace('_', '-')}: {value}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace")
