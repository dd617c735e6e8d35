"""Running text and what stands out of it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

NUMBER = "number"  # a stored telephone number, which another app shows
TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link", NUMBER]
HEADED_TEXT_FEATURES = ["h2", "h3", "h4", *TEXT_FEATURES]


class TextBlock(blocks.RichTextBlock):
    """Paragraphs, lists and the headings that the contents list shows."""

    def __init__(self, **kwargs):
        super().__init__(**{"features": HEADED_TEXT_FEATURES, **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, lists and headings.")
        template = "blocks/text.html"
        preview_value = RichText("<h2>Rubrik</h2><p>Ett stycke text med <b>betoning</b>.</p>")


class CalloutBlock(blocks.StructBlock):
    """A few lines that must not be missed, in one of three kinds."""

    kind = blocks.ChoiceBlock(
        label=_("kind"),
        choices=[("info", _("Good to know")), ("important", _("Important")), ("danger", _("Danger"))],
        default="info",
    )
    text = blocks.RichTextBlock(label=_("text"), features=TEXT_FEATURES)

    class Meta:
        icon = "warning"
        label = _("Call-out")
        description = _("A few lines that must not be missed: good to know, important or danger.")
        template = "blocks/callout.html"
        preview_value = {"kind": "important", "text": RichText("<p>Fråga regionkoordinatorn tidigt.</p>")}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Let the template know whether there are icons: not in files, nor in what is kept of a page."""
        context = super().get_context(value, parent_context)
        return {"has_icons": not (context.get("is_paper") or context.get("is_snapshot")), **context}


class QuotationBlock(blocks.StructBlock):
    """Somebody's own words."""

    text = blocks.TextBlock(label=_("quotation"))
    source = blocks.CharBlock(label=_("who said it"), max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("Somebody's own words, and who said them.")
        template = "blocks/quotation.html"
        preview_value = {"text": "Någon lyssnade.", "source": "Exempel"}


class QuestionBlock(blocks.StructBlock):
    """A question with its answer, open or folded by the reader."""

    question = blocks.CharBlock(label=_("question"), max_length=200)
    answer = blocks.RichTextBlock(label=_("answer"), features=TEXT_FEATURES)

    class Meta:
        icon = "help"
        label = _("Question and answer")
        description = _("A question that the reader opens to see the answer.")
        template = "blocks/question.html"
        preview_value = {"question": "Vem kan ansöka?", "answer": RichText("<p>Socialnämnden.</p>")}


class DetailsBlock(blocks.StructBlock):
    """Text that few readers need, folded under a line."""

    summary = blocks.CharBlock(label=_("line that is always seen"), max_length=120)
    text = blocks.RichTextBlock(label=_("text"), features=TEXT_FEATURES)

    class Meta:
        icon = "collapse-down"
        label = _("Details")
        description = _("Text that few readers need, behind a line that opens it.")
        template = "blocks/details.html"
        preview_value = {"summary": "Mer om reglerna", "text": RichText("<p>Texten.</p>")}
