"""Versions of pages as they were published: kept when a page is published, shown with what is true today."""

import html
import json
import re
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from pages.manual.references import PART_PLACE, part_address
from pages.models.base import BasePage
from pages.registry import registered_blocks
from pages.render_context import reading_once
from pages.versions.models import PublishedVersion

# What `BodyBlock` leaves in a kept text where another app's block stands.
TODAYS_BLOCK = re.compile(r'<template data-block="(?P<name>[a-z_]+)">(?P<value>.*?)</template>', re.DOTALL)


@reading_once()
def keep_snapshot(page: BasePage) -> None:
    """Keep a published page as readers see it, unless that is what the last version shows."""
    with override(page.locale.language_code):
        templates = [f"snapshots/{page._meta.model_name}.html", "snapshots/page.html"]
        body = _with_lasting_links(render_to_string(templates, {"page": page, "is_snapshot": True}))
    shown = {"title": page.heading or page.title, "lead": page.lead, "body": body}
    last = versions_of(page.pk).values(*shown).first()
    if last != shown:
        PublishedVersion.objects.create(
            page=page, locale_id=page.locale_id, published_at=page.last_published_at, **shown
        )


def _with_lasting_links(body: str) -> str:
    """Let links to parts hold their permanent addresses: by the time somebody follows them the parts may have moved."""
    return PART_PLACE.sub(lambda link: f'href="{part_address(link["code"])}"', body)


def versions_of(page_id: int | None) -> Any:
    """Return the versions of a page, the last first; of a deleted page too."""
    return PublishedVersion.objects.filter(page=page_id)


def with_current_blocks(body: str, context: dict[str, Any]) -> SafeString:
    """Return a kept text with the blocks of other apps, which show what is true now."""
    blocks = dict(registered_blocks())

    def rendered(match: re.Match[str]) -> str:
        block = blocks.get(match["name"])
        value = json.loads(html.unescape(match["value"]))
        return block.render(block.to_python(value), context) if block else ""

    return mark_safe(TODAYS_BLOCK.sub(rendered, body))  # noqa: S308  (it was rendered by this site)
