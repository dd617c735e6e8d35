"""What a page says of itself while it is built for the store: how long it is true, and for which choice.

Outside such a build all of this does nothing, so the same code answers signed-in people and previews.
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
class Notes:
    """What was said during one build.

    `until` is when something in the page turns, at midnight at the latest, since dates turn then.
    `query` is the query string that asks for exactly this page. `shared` outlives the build.
    """

    shared: dict[Any, Any]
    until: datetime = field(default_factory=next_midnight)
    query: str = ""
    token: str = field(default_factory=lambda: secrets.token_hex(8))

    def mark(self, place: int) -> str:
        """Return what stands before (0), between (1) and after (2) the two readings of a timed passage."""
        return f"<!--{self.token}{place}-->"

    def readings(self, body: bytes) -> tuple[bytes, bytes]:
        """Return a body as it is read until `until`, and as it is read afterwards."""
        if self.token.encode() not in body:
            return body, body
        first, between, last = (re.escape(self.mark(place).encode()) for place in range(3))
        passage = re.compile(first + b"(.*?)" + between + b"(.*?)" + last, re.DOTALL)
        return passage.sub(rb"\1", body), passage.sub(rb"\2", body)


_notes: ContextVar[Notes | None] = ContextVar("notes", default=None)


@contextmanager
def taking(notes: Notes) -> Iterator[None]:
    """Take down what the page that is built meanwhile says."""
    token = _notes.set(notes)
    try:
        yield
    finally:
        _notes.reset(token)


def true_until(moment: datetime) -> None:
    """Say that something in this page turns at a moment (aware)."""
    notes = _notes.get()
    if notes and moment.astimezone(UTC) < notes.until:
        notes.until = moment.astimezone(UTC)


def shows_choice(query: str) -> None:
    """Say which query string, without `?`, asks for exactly what this page shows."""
    if notes := _notes.get():
        notes.query = query


def timed(now: str, afterwards: Callable[[], str]) -> str:
    """Return a passage that reads differently as soon as the page is no longer true."""
    notes = _notes.get()
    if notes is None:
        return now
    return f"{notes.mark(0)}{now}{notes.mark(1)}{afterwards()}{notes.mark(2)}"


def shared[T](name: str, read: Callable[[], T]) -> T:
    """Read what many pages show alike, in the active language, once in a generation.

    Only builds share it: their generation's version is committed and was read before.
    """
    notes = _notes.get()
    if notes is None:
        return read()
    key = (name, get_language())
    if key not in notes.shared:
        notes.shared[key] = read()
    return notes.shared[key]
