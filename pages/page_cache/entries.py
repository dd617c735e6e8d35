"""One answer in all its forms: brotli, gzip, as it is; and as it reads when its time is over."""

import gzip
import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Self

import brotli

TEXT = ("text/", "application/json", "application/atom+xml", "application/xml")
COMPRESSED_FROM = 200  # bytes; as Django's GZipMiddleware
BROTLI, GZIP, IDENTITY = "br", "gzip", ""
PLAIN, PLAIN_IDENTITY = "plain", "plain-identity"
MAX_HEADER = 300  # what is remembered of headers must not be as long as somebody likes
FORMAT = 1
# What depends on the form, and is written anew for each.
OF_THE_FORM = {"content-length", "content-encoding", "etag", "vary"}

type Headers = list[tuple[str, str]]


@lru_cache(256)
def best_encoding(accepted: str) -> str:
    """Return the best encoding of ours that an Accept-Encoding header takes."""
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


class Entry:
    """An answer.

    `until` is when it says what is no longer true, `over` when another version took its place (both seconds
    since 1970); `reads` is how often it was asked for.
    """

    __slots__ = ("bodies", "etag", "forms", "headers", "over", "reads", "size", "status", "until")

    def __init__(self, status: str, headers: Headers, bodies: dict[str, bytes], etag: str, until: float) -> None:
        self.status, self.headers, self.bodies, self.etag, self.until = status, headers, bodies, etag, until
        self.reads = 0
        self.over = 0.0
        self.size = sum(map(len, bodies.values())) + 2000  # and about so much for the objects
        self.forms = {name: self._head(name, body) for name, body in bodies.items()}

    @classmethod
    def made(cls, status: str, headers: Headers, body: bytes, afterwards: bytes, until: float) -> Self:
        """Return the entry of an answer of Django; `afterwards` is its body when its time is over."""
        known = {name.lower(): value for name, value in headers}
        media_type = known.get("content-type", "")
        own = "" if media_type.startswith("text/html") else known.get("etag", "").removeprefix("W/").strip('"')
        etag = own or hashlib.sha256(body).hexdigest()[:24]
        if media_type.startswith(TEXT) and len(body) >= COMPRESSED_FROM:
            # The body as it is can be had from the gzip form; hardly anybody asks for it.
            bodies = {BROTLI: brotli.compress(body, quality=5), GZIP: gzip.compress(body, 6, mtime=0)}
        else:
            bodies = {IDENTITY: body}
        if afterwards != body:
            bodies[PLAIN] = gzip.compress(afterwards, 6, mtime=0)
        kept = [(name, value) for name, value in headers if name.lower() not in OF_THE_FORM]
        if "cache-control" not in known:
            kept.append(("Cache-Control", "no-cache"))  # kept by browsers, but asked about
        return cls(status, kept, bodies, etag, until)

    def _head(self, name: str, body: bytes) -> Headers:
        encoding = {PLAIN: GZIP, PLAIN_IDENTITY: IDENTITY}.get(name, name)
        head = [*self.headers, ("Content-Length", str(len(body))), ("ETag", self._tag(name))]
        if encoding:
            head.append(("Content-Encoding", encoding))
        return [*head, ("Vary", "Accept-Encoding")]

    def _tag(self, form: str) -> str:
        return f'"{self.etag}-{form}"' if form else f'"{self.etag}"'

    def body(self, *, plain: bool = False) -> bytes:
        """Return the body as it is, or as it reads when its time is over."""
        if plain and PLAIN in self.bodies:
            return gzip.decompress(self.bodies[PLAIN])
        return self.bodies[IDENTITY] if IDENTITY in self.bodies else gzip.decompress(self.bodies[GZIP])

    def answer(
        self, environ: dict[str, Any], start_response: Any, detail: tuple[str, str], *, plain: bool = False
    ) -> Iterable[bytes]:
        """Answer a request in the form it takes; `detail` is the header that says where the answer is from."""
        form = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")[:MAX_HEADER])
        if plain and PLAIN in self.bodies:
            form = PLAIN if form else PLAIN_IDENTITY
        elif form not in self.forms:
            form = IDENTITY
        if form in self.forms:
            head, body = self.forms[form], self.bodies[form]
        else:
            body = self.body(plain=plain)
            head = self._head(form, body)
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and self.status == "200 OK" and _names(asked, self._tag(form)):
            start_response("304 Not Modified", [*_without_content(head), detail])
            return []
        start_response(self.status, [*head, detail])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def packed(self) -> bytes:
        """Return the entry as one file: a line of JSON, then the bodies."""
        about = {
            "format": FORMAT,
            "status": self.status,
            "headers": self.headers,
            "etag": self.etag,
            "until": self.until,
            "bodies": {name: len(body) for name, body in self.bodies.items()},
        }
        return b"".join([json.dumps(about).encode(), b"\n", *self.bodies.values()])

    @classmethod
    def unpacked(cls, data: bytes) -> Self | None:
        """Return the entry of such a file; None where it is cut off or not one of ours."""
        line, _newline, rest = data.partition(b"\n")
        try:
            about = json.loads(line)
        except ValueError:
            return None
        if about["format"] != FORMAT or len(rest) != sum(about["bodies"].values()):
            return None
        bodies, start = {}, 0
        for name, length in about["bodies"].items():
            bodies[name] = rest[start : start + length]
            start += length
        headers = [(name, value) for name, value in about["headers"]]
        return cls(about["status"], headers, bodies, about["etag"], about["until"])


def _names(header: str, tag: str) -> bool:
    """Tell whether an If-None-Match header names an entity tag, by weak comparison."""
    return header.strip() == "*" or tag in {item.strip().removeprefix("W/") for item in header.split(",")}


def _without_content(head: Headers) -> Headers:
    return [(name, value) for name, value in head if name not in {"Content-Length", "Content-Encoding", "Content-Type"}]
