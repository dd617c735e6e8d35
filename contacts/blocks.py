"""The contact box, offered to every page through the registry of `pages`."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class ContactBlock(blocks.StructBlock):
    """Numbers from the contacts register, so that no number is ever typed into a page."""

    kind = blocks.ChoiceBlock(
        label=_("what it shows"),
        choices=[
            ("who-to-call", _("Who to call: all three levels")),
            ("support-line", _("The support line")),
            ("guide", _("The way to the guide, and to its flow chart")),
            ("find-coordinator", _("The field that finds the regional coordinator")),
            ("support-for-victims", _("Support for those who are exploited")),
            ("support-services", _("Support to refer to: all services")),
        ],
        default="support-line",
    )

    class Meta:
        icon = "mobile-alt"
        label = _("Contact box")
        description = _("Numbers from the register, or the field that finds the coordinator.")
        template = "blocks/contact.html"
        preview_value = {"kind": "who-to-call"}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Let the template know what few pages say: that texts are gathered on them, that they are for paper."""
        return {"is_gathered": False, "is_paper": False, **super().get_context(value, parent_context)}
