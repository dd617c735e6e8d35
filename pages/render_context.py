"""A rendering page tells the page cache how long it is true, and which query string asks for it.

Outside a build for the cache all of this does nothing: the same code answers signed-in people and previews.
"""

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language


def next_midnight() -> datetime:
    """Return the end of today in the site's time zone (aware)."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), timezone.get_default_timezone()).astimezone(UTC)


@dataclass(slots=True)
class RenderContext:
    """What a page tells of itself during one build.

    `memo` holds what `memoize_per_version` has read, and outlives the build. `expires_at` is the earliest
    expiry in the page (aware), at midnight at the latest, since dates change then. `canonical_query` is the
    query string that asks for exactly this page. `on_long_build` is called when the build will take long.
    """

    memo: dict[Any, Any]
    expires_at: datetime = field(default_factory=next_midnight)
    canonical_query: str = ""
    on_long_build: Callable[[], None] = lambda: None
    token: str = field(default_factory=lambda: secrets.token_hex(8))

    def mark(self, number: int) -> str:
        """Return the mark before the current variant of a passage (0), before its fallback (1), and at its end (2)."""
        return f"<!--{self.token}{number}-->"

    def variants(self, body: bytes) -> tuple[bytes, bytes]:
        """Return the body that is true until `expires_at`, and the fallback that is true at any time."""
        if self.token.encode() not in body:
            return body, body
        start, middle, end = (re.escape(self.mark(number).encode()) for number in range(3))
        passage = re.compile(start + b"(.*?)" + middle + b"(.*?)" + end, re.DOTALL)
        return passage.sub(rb"\1", body), passage.sub(rb"\2", body)


_current: ContextVar[RenderContext | None] = ContextVar("render_context", default=None)
_read: ContextVar[dict[Any, Any] | None] = ContextVar("read", default=None)


@contextmanager
def collecting(context: RenderContext) -> Iterator[None]:
    """Collect what the page that is rendered meanwhile tells of itself."""
    token = _current.set(context)
    try:
        yield
    finally:
        _current.reset(token)


def expire_at(expires_at: datetime) -> None:
    """Let the page expire at a time (aware), unless it expires earlier."""
    context = _current.get()
    if context and expires_at < context.expires_at:
        context.expires_at = expires_at.astimezone(UTC)


def set_canonical_query(query: str) -> None:
    """Tell which query string, without `?`, asks for exactly what this page shows."""
    if context := _current.get():
        context.canonical_query = query


def say_it_takes_long() -> None:
    """Tell that nobody should wait for this build: who asks for the same meanwhile is answered by the view itself."""
    if context := _current.get():
        context.on_long_build()


def with_fallback(current: str, fallback: Callable[[], str]) -> str:
    """Return a passage whose fallback is shown as soon as the page has expired."""
    context = _current.get()
    if context is None:
        return current
    return f"{context.mark(0)}{current}{context.mark(1)}{fallback()}{context.mark(2)}"


@contextmanager
def reading_once() -> Iterator[None]:
    """Remember what `memoize_per_version` reads meanwhile, outside builds too; none of it may be saved meanwhile."""
    token = _read.set({}) if _read.get() is None else None
    try:
        yield
    finally:
        if token:
            _read.reset(token)


def memory_of_build() -> dict[Any, Any] | None:
    """Return what builds of a version of the site remember for each other; None outside a build."""
    context = _current.get()
    return context.memo if context else None


def memoize_per_version[T](name: str, read: Callable[[], T]) -> T:
    """Read what many pages show alike once per version of the site and active language.

    Builds for the cache remember it for each other: their generation's version is committed and was read before.
    What is `reading_once` remembers it for itself.
    """
    context = _current.get()
    memo = context.memo if context else _read.get()
    if memo is None:
        return read()
    key = (name, get_language())
    if key not in memo:
        memo[key] = read()
    return memo[key]


def render_per_version(name: Any, render: Callable[[], str]) -> str:
    """Render a passage that many pages show alike, once per version of the site and active language.

    `name` tells it from others, with all that it depends on. Its fallback and its expiry are those of every page that
    shows it.
    """
    context = _current.get()
    if context is None:
        return render()
    key = (name, get_language())
    if key not in context.memo:
        own = RenderContext(context.memo)
        with collecting(own):
            body = render().encode()
        current, fallback = (variant.decode() for variant in own.variants(body))
        context.memo[key] = current, fallback, own.expires_at
    current, fallback, expires_at = context.memo[key]
    expire_at(expires_at)
    return current if current == fallback else with_fallback(current, lambda: fallback)
