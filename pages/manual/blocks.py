"""The numbered parts of a step of the manual."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from pages.blocks.body import BodyBlock
from pages.blocks.footnotes import NOTE_HELP, FootnoteBlock
from pages.blocks.text import TEXT_FEATURES, TextBlock
from pages.html.footnotes import disagreement
from pages.manual.audience import AGE_CHOICES, PERMIT_CHOICES
from pages.manual.models.actors import Actor


def actor_choices() -> list[tuple[str, str]]:
    """Return the actors as choices. One query."""
    return [(actor.code, capfirst(actor.name)) for actor in Actor.objects.all()]


class ActorsBlock(blocks.MultipleChoiceBlock):
    """A choice of actors by their codes."""

    def normalize_choice(self, value: Any) -> Any:
        """Keep the code, where Wagtail compares it with all choices: a query for every part that is read."""
        return value


class PartBodyBlock(BodyBlock):
    """The body of a part, whose own heading is the level above."""

    text = TextBlock(features=["h3", "h4", *TEXT_FEATURES])


class PartBlock(blocks.StructBlock):
    """A numbered part. The id of this block is the part's permanent id."""

    heading = blocks.CharBlock(label=_("heading"), max_length=120)
    footnotes = blocks.ListBlock(FootnoteBlock(), label=_("footnotes"), default=[], help_text=NOTE_HELP)
    actors = ActorsBlock(
        label=_("actors concerned"),
        choices=actor_choices,
        required=False,
        default=[],
        help_text=_("None chosen: everybody."),
    )
    ages = blocks.MultipleChoiceBlock(
        label=_("age"),
        choices=AGE_CHOICES,
        required=False,
        default=[],
        help_text=_("None chosen: adults and children."),
    )
    permits = blocks.MultipleChoiceBlock(
        label=_("residence permit"),
        choices=PERMIT_CHOICES,
        required=False,
        default=[],
        help_text=_("None chosen: with and without."),
    )
    change_note = blocks.TextBlock(
        label=_("what changed"),
        required=False,
        default="",
        rows=2,
        max_length=500,
        help_text=_("For readers; needed before a changed part is published. It is kept with the draft."),
    )
    is_minor_edit = blocks.BooleanBlock(
        label=_("minor edit"), required=False, help_text=_("A corrected comma: readers need not be told.")
    )

    class Meta:
        icon = "list-ol"
        label = _("Part")
        description = _("A numbered part with its own permanent address.")
        template = "blocks/part.html"
        form_layout = blocks.BlockGroup(
            children=["heading", "body", "footnotes", "change_note", "is_minor_edit"],
            settings=["actors", "ages", "permits"],
        )
        preview_value = {
            "heading": "Ta emot personen",
            "body": [{"type": "text", "value": RichText("<p>Börja med tryggheten.</p>")}],
        }

    def __init__(self, local_blocks=None, **kwargs):
        """Make the body now: when this class is read, the other apps have not yet registered their blocks."""
        super().__init__([("body", PartBodyBlock(label=_("body"))), *(local_blocks or [])], **kwargs)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Let the editor's preview, which is no page, have an anchor too."""
        return {"part_anchor": "part", "heading_level": 3, **super().get_context(value, parent_context)}

    def clean(self, value: Any) -> Any:
        """Refuse a mark without its footnote, and a footnote without its mark; a draft may have either."""
        cleaned = super().clean(value)
        fault = "" if self.is_deferred_validation else note_fault(cleaned)
        if fault:
            raise blocks.StructBlockValidationError({"footnotes": ValidationError(fault)})
        return cleaned


def note_fault(part: Mapping[str, Any]) -> str:
    """Say how marks and footnotes of a part, given as the value of its block, disagree; "" when they agree."""
    return disagreement(str(part["body"].get_prep_value()), len(part["footnotes"]))


class PartsBlock(blocks.StreamBlock):
    """The parts of a step, numbered by their order. Made when the field is first used, as `BodyBlock` is."""

    def __init__(self, local_blocks=None, **kwargs):
        super().__init__([("part", PartBlock()), *(local_blocks or [])], **kwargs)

    class Meta:
        label = _("Parts")
