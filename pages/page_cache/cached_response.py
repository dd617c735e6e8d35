"""A response in every representation: brotli, gzip, identity, and the fallback shown after it has expired."""

import gzip
import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple, Self

import brotli

TEXT = ("text/", "application/json", "application/atom+xml", "application/xml")
COMPRESSED_FROM = 200  # bytes; as Django's GZipMiddleware
# Bytes of bodies that would need a second round trip before they are read: it takes 20 ms to press one harder, and 50
# to 80 as hard as can be.
HEAVY, HEAVIEST = range(25_000, 35_000), range(35_000, 60_000)
# The representations, named as in entity tags.
BROTLI, GZIP, IDENTITY = "br", "gzip", ""
FALLBACK, FALLBACK_IDENTITY = "plain", "plain-identity"
MAX_HEADER = 300  # what is remembered of headers must not be as long as somebody likes
# Headers that depend on the representation, and are written anew for each.
OF_THE_REPRESENTATION = {"content-length", "content-encoding", "etag", "vary"}

# RFC 9211. Operators see from it where an answer is from.
HIT = ("Cache-Status", "ready; hit")

type Headers = list[tuple[str, str]]


class Conditions(NamedTuple):
    """What a request says about the representation that it takes: Accept-Encoding and If-None-Match, as they came."""

    method: str
    accepted: str
    tags: str

    @classmethod
    def of(cls, environ: dict[str, Any]) -> Self:
        """Return those of a WSGI environment."""
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")[:MAX_HEADER]
        return cls(environ["REQUEST_METHOD"], accepted, environ.get("HTTP_IF_NONE_MATCH", ""))


@lru_cache(256)
def best_encoding(accepted: str) -> str:
    """Return the best of our content codings that an Accept-Encoding header takes."""
    weights: dict[str, float] = {}
    for item in accepted.lower().split(","):
        name, _semicolon, parameter = item.partition(";")
        key, _equals, number = parameter.strip().partition("=")
        try:
            weights[name.strip()] = float(number) if key == "q" else 1.0
        except ValueError:
            weights[name.strip()] = 0.0
    anything = weights.get("*", 0.0)
    best = max((BROTLI, GZIP), key=lambda name: weights.get(name, anything))
    return best if weights.get(best, anything) > 0 else IDENTITY


class CachedResponse:
    """A response with its bodies and heads by representation.

    `expires_at` is when the body says what is no longer true, `replaced_at` when another version took its
    place (both seconds since 1970), `bridged_until` for how long it may be shown nevertheless (monotonic seconds);
    `hits` is how often it was asked for.
    """

    __slots__ = (
        "bodies",
        "bridged_until",
        "etag",
        "expires_at",
        "headers",
        "heads",
        "hits",
        "replaced_at",
        "size",
        "status",
        "wire_heads",
    )

    def __init__(self, status: str, headers: Headers, bodies: dict[str, bytes], etag: str, expires_at: float) -> None:
        self.status, self.headers, self.bodies, self.etag = status, headers, bodies, etag
        self.expires_at = expires_at
        self.hits = 0
        self.replaced_at = self.bridged_until = 0.0
        self.size = sum(map(len, bodies.values())) + 2000  # and about so much for the objects
        self.heads = {name: self._head(name, body) for name, body in bodies.items()}
        self.wire_heads: dict[tuple[str, str], bytes] = {}  # by status and representation, as far as they were sent

    @classmethod
    def build(cls, status: str, headers: Headers, body: bytes, fallback: bytes, expires_at: float) -> Self:
        """Return the cached form of Django's response; `fallback` is its body after it has expired."""
        known = {name.lower(): value for name, value in headers}
        media_type = known.get("content-type", "")
        own = "" if media_type.startswith("text/html") else known.get("etag", "").removeprefix("W/").strip('"')
        etag = own or hashlib.sha256(body).hexdigest()[:24]
        if media_type.startswith(TEXT) and len(body) >= COMPRESSED_FROM:
            # The identity body can be had from the gzip one; hardly anybody asks for it.
            quality = 11 if len(body) in HEAVIEST else 10 if len(body) in HEAVY else 5
            bodies = {BROTLI: brotli.compress(body, quality=quality), GZIP: gzip.compress(body, 6, mtime=0)}
        else:
            bodies = {IDENTITY: body}
        if fallback != body:
            bodies[FALLBACK] = gzip.compress(fallback, 6, mtime=0)
        kept = [(name, value) for name, value in headers if name.lower() not in OF_THE_REPRESENTATION]
        if "cache-control" not in known:
            kept.append(("Cache-Control", "no-cache"))  # kept by browsers, but asked about
        return cls(status, kept, bodies, etag, expires_at)

    def _head(self, representation: str, body: bytes) -> Headers:
        encoding = {FALLBACK: GZIP, FALLBACK_IDENTITY: IDENTITY}.get(representation, representation)
        head = [*self.headers, ("Content-Length", str(len(body))), ("ETag", self._tag(representation))]
        if encoding:
            head.append(("Content-Encoding", encoding))
        return [*head, ("Vary", "Accept-Encoding")]

    def _tag(self, representation: str) -> str:
        return f'"{self.etag}-{representation}"' if representation else f'"{self.etag}"'

    def body(self, *, fallback: bool = False) -> bytes:
        """Return the uncompressed body, or the uncompressed fallback."""
        if fallback and FALLBACK in self.bodies:
            return gzip.decompress(self.bodies[FALLBACK])
        return self.bodies[IDENTITY] if IDENTITY in self.bodies else gzip.decompress(self.bodies[GZIP])

    def respond(
        self, environ: dict[str, Any], start_response: Any, cache_status: tuple[str, str], *, fallback: bool = False
    ) -> Iterable[bytes]:
        """Answer a request in the representation it takes; `cache_status` is a header that says where it is from."""
        conditions = Conditions.of(environ)
        _name, status, head, body = self._answer(conditions, fallback=fallback)
        start_response(status, [*head, cache_status])
        return [] if conditions.method == "HEAD" else [body]

    def to_wire(self, conditions: Conditions, date_line: bytes) -> bytes:
        """Return the whole answer of a hit, as HTTP/1.1 sends it; `date_line` is a header that changes each second."""
        name, status, head, body = self._answer(conditions)
        rest = self.wire_heads.get((status, name))
        if rest is None:
            lines = "".join(f"{key}: {value}\r\n" for key, value in (*head, HIT))
            rest = self.wire_heads[status, name] = f"{lines}\r\n".encode("latin-1")
        content = b"" if conditions.method == "HEAD" else body
        return b"".join((b"HTTP/1.1 ", status.encode(), b"\r\n", date_line, rest, content))

    def _answer(self, conditions: Conditions, *, fallback: bool = False) -> tuple[str, str, Headers, bytes]:
        """Return the name of the representation that a request takes, and the status, head and body of the answer."""
        name = best_encoding(conditions.accepted)
        if fallback and FALLBACK in self.bodies:
            name = FALLBACK if name else FALLBACK_IDENTITY
        elif name not in self.heads:
            name = IDENTITY
        if name in self.heads:
            head, body = self.heads[name], self.bodies[name]
        else:
            body = self.body(fallback=fallback)
            head = self._head(name, body)
        if conditions.tags and self.status == "200 OK" and _matches(conditions.tags, self._tag(name)):
            return name, "304 Not Modified", _without_content(head), b""
        return name, self.status, head, body

    def to_bytes(self) -> bytes:
        """Return the response as one file: a line of JSON, then the bodies."""
        about = {
            "status": self.status,
            "headers": self.headers,
            "etag": self.etag,
            "expires_at": self.expires_at,
            "bodies": {name: len(body) for name, body in self.bodies.items()},
        }
        return b"".join([json.dumps(about).encode(), b"\n", *self.bodies.values()])

    @classmethod
    def from_bytes(cls, data: bytes) -> Self | None:
        """Return the response of such a file, None where it is cut off. The file is of the code that reads it."""
        line, _newline, rest = data.partition(b"\n")
        try:
            about = json.loads(line)
        except ValueError:
            return None
        if len(rest) != sum(about["bodies"].values()):
            return None
        bodies, start = {}, 0
        for name, length in about["bodies"].items():
            bodies[name] = rest[start : start + length]
            start += length
        headers = [(name, value) for name, value in about["headers"]]
        return cls(about["status"], headers, bodies, about["etag"], about["expires_at"])


def _matches(header: str, tag: str) -> bool:
    """Tell whether an If-None-Match header names an entity tag, by weak comparison."""
    return header.strip() == "*" or tag in {item.strip().removeprefix("W/") for item in header.split(",")}


def _without_content(head: Headers) -> Headers:
    return [(name, value) for name, value in head if name not in {"Content-Length", "Content-Encoding", "Content-Type"}]
