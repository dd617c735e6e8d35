"""What requests that are answered anew each time remember for each other: what all pages of a version show alike.

The page cache does so for the pages that it builds; this is for the few whose answers it must not store.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils import timezone

from pages.models.site_version import site_version
from pages.render_context import RenderContext, collecting, memory_of_build, next_midnight


@dataclass(slots=True)
class SharedMemo:
    """What was read and rendered of a version of the site; nothing of it is used from `expires_at` on (aware)."""

    version: int
    values: dict[Any, Any] = field(default_factory=dict)
    expires_at: datetime = field(default_factory=next_midnight)


_shared = SharedMemo(-1)


def forget() -> None:
    """Remember nothing any longer."""
    global _shared  # noqa: PLW0603  (one for the process; who still renders with the one before has its own name for it)
    _shared = SharedMemo(-1)


def render_with_memo(build: Callable[[], HttpResponse]) -> HttpResponse:
    """Return the response of a function, rendered with what others have read and rendered. One query of its own.

    What is built for the page cache has a memory already.
    """
    global _shared  # noqa: PLW0603
    if memory_of_build() is not None:
        return build()
    version = site_version()  # before all that is read of it
    memo = _shared
    if memo.version != version or timezone.now() >= memo.expires_at:
        memo = _shared = SharedMemo(version)
    context = RenderContext(memo.values)
    try:
        with collecting(context):
            response = build()
            if isinstance(response, SimpleTemplateResponse):
                response.render()
    finally:
        memo.expires_at = min(memo.expires_at, context.expires_at)
    if not response.streaming:
        response.content = context.variants(response.content)[0]
    return response
