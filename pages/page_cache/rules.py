"""The rules decide what may be stored; nothing else does.

A request is answered from the cache only if nothing but host, path and declared parameters can
matter to its response. A response is stored only if its view is marked with `cacheable`, and nothing in
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

from pages.page_cache.cached_response import MAX_HEADER, Headers
from pages.render_context import RenderContext
from pages.requests import CACHED_PARAMETERS

type CacheKey = tuple[str, str, str]  # host, path, canonical query string

MAX_BYTES = 1_000_000  # of a body
MAX_PATH = 400
MAX_NAME = 200  # bytes of one name in a path, each a folder in the end; file systems take 255
# Letters, digits, hyphens and single dots inside: what slugs and file names are made of, and safe in a folder.
NAME = r"[\w-]+(?:\.[\w-]+)*"
PLAIN_PATH = re.compile(rf"/(?:{NAME}/)*(?:{NAME})?")
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
READING_METHODS = {"GET", "HEAD"}
UNCACHEABLE = ("no-store", "private")
SCHEME = "HTTP_X_FORWARDED_PROTO"  # as in SECURE_PROXY_SSL_HEADER, which is set on a live site alone


def cacheable[**P, R](view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view whose responses are the same for everybody."""
    view.is_cacheable = True  # type: ignore[attr-defined]
    return view


def cache_key(environ: dict[str, Any]) -> CacheKey | None:
    """Return the key that a request is looked up by; None where it is for Django alone."""
    if environ["REQUEST_METHOD"] not in READING_METHODS:
        return None
    if "HTTP_COOKIE" in environ and any(name in environ["HTTP_COOKIE"] for name in PERSONAL_COOKIES):
        return None
    host = known_host(environ.get("HTTP_HOST", "")[:MAX_HEADER], environ.get(SCHEME, "")[:MAX_HEADER])
    query = environ.get("QUERY_STRING", "")
    if query:
        query = canonical_query(query) if len(query) <= MAX_NAME else None
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
def canonical_query(query: str) -> str | None:
    """Return a query string in its one spelling; None where a parameter is not in `CACHED_PARAMETERS`, or is twice."""
    try:
        given = parse_qsl(query, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=8)
    except ValueError:
        return None
    values = dict(given)
    if len(values) < len(given) or not values.keys() <= set(CACHED_PARAMETERS):
        return None
    return urlencode({name: values[name] for name in CACHED_PARAMETERS if values.get(name)})


def is_cacheable_path(path: str) -> bool:
    """Tell whether a view that is marked as cacheable answers a path, given as WSGI gives it."""
    try:
        text = path.encode("latin-1").decode()
    except UnicodeError:
        return False
    if len(path) > MAX_PATH or max(map(len, path.split("/"))) > MAX_NAME or not PLAIN_PATH.fullmatch(text):
        return False
    with translation.override(translation.get_language_from_path(text) or settings.LANGUAGE_CODE, deactivate=True):
        try:
            return getattr(resolve(text).func, "is_cacheable", False)
        except Resolver404:
            return False


def is_cacheable_response(status: str, headers: Headers, body: bytes, key: CacheKey, context: RenderContext) -> bool:
    """Tell whether a response that was built for a key may be given to everybody who asks for it."""
    known = {name.lower(): value.lower() for name, value in headers}
    varies_by = {name.strip() for name in known.get("vary", "").split(",")}
    return (
        status == "200 OK"
        and key[2] == context.canonical_query
        and "set-cookie" not in known
        and not any(word in known.get("cache-control", "") for word in UNCACHEABLE)
        and varies_by <= {"", "accept-encoding"}
        and len(body) <= MAX_BYTES
    )
