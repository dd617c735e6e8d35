"""Wagtail's editor for text, whose widgets several requests share."""

from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.converters.html_to_contentstate import HtmlToContentStateHandler


class Converter(ContentstateConverter):
    """Reads each stored text with a parser of its own.

    Wagtail keeps one per widget, and a block keeps its widget: of two editors who open pages at once, each would get
    some of the other's text into the form, and save it.
    """

    def from_database_format(self, html: str) -> str:
        """Return what the editor's script reads."""
        handler = HtmlToContentStateHandler(self.features)
        handler.feed(html)
        handler.close()
        return handler.contentstate.as_json(indent=4, separators=(",", ": "))


class RichTextArea(DraftailRichTextArea):
    """The widget of every text that editors write."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.converter = Converter(self.features)
