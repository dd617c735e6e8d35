"""Cached responses for requests as they come from a socket: without a thread, without a WSGI environment.

Whoever asks for a page with nothing in the way gets it where the request is read. Everything else (another method, a
body, a session, a page that is not cached) is for the WSGI application, which says the same.
"""

import time
from collections.abc import Callable
from email.utils import formatdate
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser

from pages.page_cache.cached_response import CachedResponse, Conditions
from pages.page_cache.rules import READING_METHODS, CacheKey, cache_key

MAX_HEAD = 2000  # bytes of a request; browsers send 500 to 1,000
MAX_KNOWN = 2000  # requests that are remembered as they came: each browser sends the same for the same page
# What tells which response is asked for, as WSGI names it.
HEADERS = {
    b"host": "HTTP_HOST",
    b"cookie": "HTTP_COOKIE",
    b"accept-encoding": "HTTP_ACCEPT_ENCODING",
    b"if-none-match": "HTTP_IF_NONE_MATCH",
    b"x-forwarded-proto": "HTTP_X_FORWARDED_PROTO",
}
# A request with one of these has a body, or wants something of the connection.
NOT_PLAIN = {b"content-length", b"transfer-encoding", b"expect", b"upgrade", b"te", b"trailer"}


class Request(NamedTuple):
    """What a request asks for."""

    key: CacheKey
    conditions: Conditions


class DirectAnswers:
    """Answers what `find` has a response for; one thread may ask."""

    def __init__(self, find: Callable[[CacheKey], CachedResponse | None]) -> None:
        self._find = find
        self._known: dict[bytes, Request] = {}
        self._begun = b""  # of an answer, with the time
        self._second = 0

    def __call__(self, data: bytes) -> bytes | None:
        """Return the answer to the bytes of one whole request; None where they are something else, or not for here."""
        request = self._known.get(data) or self._read(data)
        if request is None:
            return None
        response = self._find(request.key)
        return response.to_wire(request.conditions, self._date_line()) if response else None

    def _read(self, data: bytes) -> Request | None:
        if len(data) > MAX_HEAD or (request := read_request(data)) is None:
            return None
        if len(self._known) >= MAX_KNOWN:
            self._known.clear()
        self._known[data] = request
        return request

    def _date_line(self) -> bytes:
        second = int(time.time())
        if second != self._second:
            self._second, self._begun = second, f"Date: {formatdate(second, usegmt=True)}\r\n".encode()
        return self._begun


def read_request(data: bytes) -> Request | None:
    """Return what the bytes ask for, if they are one whole request that a cached response may answer."""
    head = _Head()
    parser = HttpRequestParser(head)
    try:
        parser.feed_data(data)
    except (HttpParserError, HttpParserUpgrade):
        return None
    if not (head.is_plain and head.begun == head.ended == 1):
        return None
    method = parser.get_method().decode("ascii")
    path, _question_mark, query = head.url.partition(b"?")
    if parser.get_http_version() != "1.1" or method not in READING_METHODS or not path.startswith(b"/"):
        return None
    if path.startswith(b"//") or not head.url.isascii() or b"#" in head.url:  # servers read these differently
        return None
    environ = head.environ | {
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query.decode("ascii"),
    }
    key = cache_key(environ)
    return Request(key, Conditions.of(environ)) if key else None


class _Head:
    """Takes what the parser finds; `begun` and `ended` are numbers of requests."""

    def __init__(self) -> None:
        self.url = b""
        self.environ: dict[str, str] = {}
        self.is_plain = True
        self.begun = self.ended = 0

    def on_message_begin(self) -> None:
        self.begun += 1

    def on_url(self, url: bytes) -> None:
        self.url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        name = name.lower()
        if name in NOT_PLAIN or (name == b"connection" and value.lower() != b"keep-alive"):
            self.is_plain = False
        elif known := HEADERS.get(name):
            self.is_plain &= known not in self.environ  # which of two counts is for the application to say
            self.environ[known] = value.decode("latin-1")

    def on_message_complete(self) -> None:
        self.ended += 1
