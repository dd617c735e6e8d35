"""Wagtail's editor for text, whose widgets several requests share."""

import json
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.converters.html_to_contentstate import HtmlToContentStateHandler

LARGEST = 2**63 - 1  # number of a row


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

    def to_database_format(self, contentstate_json: str) -> str:
        """Return what is stored; refuse what the editor's script never sends, which Wagtail answers with an error 500.

        So does a link to a page or file whose number is none, on every page that is read with it.
        """
        try:
            content = json.loads(contentstate_json) or {}  # "null" for an empty text
            entities = (content.get("entityMap") or {}).values()
            numbers = [int(entity["data"].get("id") or 0) for entity in entities]
            if any(abs(number) > LARGEST for number in numbers):
                raise SuspiciousOperation("A link to a number that no row has.")
            return super().to_database_format(contentstate_json)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise SuspiciousOperation(f"No text of the editor: {error}") from error


class RichTextArea(DraftailRichTextArea):
    """The widget of every text that editors write."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options["ariaLabel"] = _("text")  # which Wagtail leaves without a name
        self.converter = Converter(self.features)
