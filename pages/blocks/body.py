"""The body of a page: the blocks of this app and those that other apps registered."""

import json
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.blocks.lists import ChecklistBlock, LinksBlock, StepsBlock
from pages.blocks.media import FigureBlock, TableBlock
from pages.blocks.text import CalloutBlock, DetailsBlock, QuestionBlock, QuotationBlock, TextBlock
from pages.registry import registered_blocks


class BodyBlock(blocks.StreamBlock):
    """A page's body. Made when the field is first used, so that every app has registered its blocks."""

    text = TextBlock()
    callout = CalloutBlock()
    steps = StepsBlock()
    checklist = ChecklistBlock()
    question = QuestionBlock()
    quotation = QuotationBlock()
    table = TableBlock()
    figure = FigureBlock()
    links = LinksBlock()
    details = DetailsBlock()

    def __init__(self, local_blocks=None, **kwargs):
        super().__init__([*(local_blocks or []), *registered_blocks()], **kwargs)

    def render_basic(self, value: blocks.StreamValue, context: dict[str, Any] | None = None) -> SafeString:
        """Render the blocks; in what is kept of a page, those of other apps as places for what is true later."""
        if not (context or {}).get("is_snapshot"):
            return super().render_basic(value, context)
        theirs = dict(registered_blocks())
        return format_html_join(
            "\n",
            "{}",
            (
                (
                    format_html(
                        '<template data-block="{}">{}</template>',
                        child.block_type,
                        json.dumps(child.get_prep_value()["value"]),
                    )
                    if child.block_type in theirs
                    else format_html('<div class="block-{}">{}</div>', child.block_type, child.render(context)),
                )
                for child in value
            ),
        )

    class Meta:
        label = _("Body")
