"""Rules of the project that types cannot say."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as CheckWarning
from django.db import DatabaseError, connection
from django.utils import timezone

from pages.examples import TAKE_DOWN, published_examples
from pages.models.base import BasePage
from pages.models.site_settings import SiteSettings
from pages.models.site_version import SiteVersion

RENEW_BEFORE = timedelta(days=30)


@register()
def check_page_types_and_blocks(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Demand of every page type where it may stand, and of every block what editors see of it."""
    return [*_incomplete_page_types(), *_incomplete_blocks()]


@register(Tags.database, deploy=True)
def check_security_contact(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Warn where a live site does not say whom to tell of a security hole, or will soon no longer say it."""
    if not settings.SITE_LIVE or not databases:
        return []
    known = SiteSettings.objects.first()
    expires = known and known.security_expires
    hint = "Settings of the site, in the admin: contact for security holes, and the day until which it holds."
    if not expires:
        return [CheckWarning("There is no valid security.txt (RFC 9116).", hint=hint, id="pages.W001")]
    if expires < timezone.now() + RENEW_BEFORE:
        return [CheckWarning(f"security.txt expires on {expires:%Y-%m-%d}.", hint=hint, id="pages.W002")]
    return []


@register(deploy=True)
def check_no_example_is_published(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Name what a live site must not show; nothing while there are no tables."""
    try:
        if SiteVersion._meta.db_table not in connection.introspection.table_names():
            return []
        found = published_examples()
    except DatabaseError as error:
        return [CheckWarning(f"Examples were not looked for: {' '.join(str(error).split())}", id="pages.W003")]
    return [Error(f"Published, and an example: {example}", hint=TAKE_DOWN, id="pages.E003") for example in found]


def _incomplete_page_types() -> Iterator[CheckMessage]:
    for model in BasePage.__subclasses__():
        for name in ("parent_page_types", "page_description"):
            if not model.__dict__.get(name):
                yield Error(f"{model.__name__} has no {name}.", hint="Set it in the class.", obj=model, id="pages.E001")


def _incomplete_blocks() -> Iterator[CheckMessage]:
    for name, block in BasePage.body.field.stream_block.child_blocks.items():
        missing = [part for part in ("label", "description") if not getattr(block.meta, part, None)]
        if block.meta.icon == "placeholder":
            missing.append("icon")
        if not block.is_previewable:
            missing.append("preview_value")
        if missing:
            yield Error(
                f"The block “{name}” has no {', '.join(missing)}.",
                hint="Editors choose blocks by these: set them in its Meta.",
                obj=type(block),
                id="pages.E002",
            )
