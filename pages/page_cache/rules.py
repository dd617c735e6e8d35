"""What may be stored: the one place that decides.

A request is answered from the store only if nothing but host, path and declared parameters can
matter to its answer. An answer is stored only if its view is marked with `storable`, and nothing in
it speaks against it.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import translation

from pages.page_cache.entries import MAX_HEADER, Headers
from pages.parameters import STORED
from pages.render_context import Notes

type Key = tuple[str, str, str]  # host, path, query string

MAX_BYTES = 1_000_000  # of a body
MAX_PATH = 400
MAX_NAME = 200  # bytes of one name in a path, each a folder in the end; file systems take 255
# Letters, digits, hyphens and single dots inside: what slugs and file names are made of, and safe in a folder.
NAME = r"[\w-]+(?:\.[\w-]+)*"
PLAIN_PATH = re.compile(rf"/(?:{NAME}/)*(?:{NAME})?")
PERSONAL = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
READING = {"GET", "HEAD"}
UNSTORABLE = ("no-store", "private")
SCHEME = "HTTP_X_FORWARDED_PROTO"  # as in SECURE_PROXY_SSL_HEADER, which is set on a live site alone


def storable[**P, R](view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view whose answers are the same for everybody."""
    view.is_storable = True  # type: ignore[attr-defined]
    return view


def key_of(environ: dict[str, Any]) -> Key | None:
    """Return under what a request is looked up; None where it is for Django alone."""
    if environ["REQUEST_METHOD"] not in READING:
        return None
    if "HTTP_COOKIE" in environ and any(name in environ["HTTP_COOKIE"] for name in PERSONAL):
        return None
    host = known_host(environ.get("HTTP_HOST", "")[:MAX_HEADER], environ.get(SCHEME, "")[:MAX_HEADER])
    query = environ.get("QUERY_STRING", "")
    if query:
        query = stored_query(query) if len(query) <= MAX_NAME else None
    if host is None or query is None:
        return None
    return host, environ["PATH_INFO"], query


@lru_cache(256)
def known_host(header: str, scheme: str) -> str | None:
    """Return the allowed host that a Host header names, without its port: no page depends on the port.

    None where a live site was not asked over HTTPS. `scheme` is what the proxy in front says of that.
    """
    if settings.SECURE_SSL_REDIRECT and scheme != "https":
        return None
    host = re.sub(r":\d{1,5}$", "", header.lower())
    return host if host in settings.ALLOWED_HOSTS else None


@lru_cache(1024)
def stored_query(query: str) -> str | None:
    """Return a query string in one spelling; None where a name in it is not one of `STORED`, or is there twice."""
    try:
        given = parse_qsl(query, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=8)
    except ValueError:
        return None
    values = dict(given)
    if len(values) < len(given) or not values.keys() <= set(STORED):
        return None
    return urlencode({name: values[name] for name in STORED if values.get(name)})


def is_offered(path: str) -> bool:
    """Tell whether a view that is marked answers a path, given as WSGI gives it."""
    try:
        text = path.encode("latin-1").decode()
    except UnicodeError:
        return False
    if len(path) > MAX_PATH or max(map(len, path.split("/"))) > MAX_NAME or not PLAIN_PATH.fullmatch(text):
        return False
    with translation.override(translation.get_language_from_path(text) or settings.LANGUAGE_CODE, deactivate=True):
        try:
            return getattr(resolve(text).func, "is_storable", False)
        except Resolver404:
            return False


def may_be_stored(status: str, headers: Headers, body: bytes, key: Key, notes: Notes) -> bool:
    """Tell whether an answer that was built for a key may be given to everybody who asks for it."""
    known = {name.lower(): value.lower() for name, value in headers}
    varies_by = {name.strip() for name in known.get("vary", "").split(",")}
    return (
        status == "200 OK"
        and key[2] == notes.query
        and "set-cookie" not in known
        and not any(word in known.get("cache-control", "") for word in UNSTORABLE)
        and varies_by <= {"", "accept-encoding"}
        and len(body) <= MAX_BYTES
    )
