"""Rules of the project that types cannot say."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register

from pages.models.base import BasePage


@register()
def check_page_types_and_blocks(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Demand of every page type where it may stand, and of every block what editors see of it."""
    return [*_incomplete_page_types(), *_incomplete_blocks()]


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
