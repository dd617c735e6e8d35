"""Its page type."""

from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page


class BarePage(Page):
    """A page of blocks."""

    body = StreamField([("text", RichTextBlock())], blank=True)

    class Meta:
        app_label = "bare_site"
