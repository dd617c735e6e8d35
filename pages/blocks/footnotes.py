"""The footnotes of a text, in the order of their marks."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from pages.blocks.text import NUMBER

NOTE_HELP = _("Write [^1] in the text where the first one belongs.")


class FootnoteBlock(blocks.RichTextBlock):
    """One note: a source, or what would hold up the reading."""

    def __init__(self, **kwargs):
        super().__init__(**{"features": ["bold", "italic", "link", NUMBER], **kwargs})

    class Meta:
        icon = "superscript"
        label = _("footnote")


class FootnotesBlock(blocks.StreamBlock):
    """The footnotes of a page."""

    footnote = FootnoteBlock()

    class Meta:
        label = _("footnotes")
