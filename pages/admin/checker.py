"""The content checker beside the preview: every rule of axe, and what we look for in a text. It only advises."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

from pages.admin.axe_rules import NAMES, OWN_TEXT
from pages.html.advice import ATTRIBUTE, Advice

IN_THE_CODE = _("This is in the code of the site, not in your text. Tell whoever runs the site.")

ADVICE = {
    Advice.LONG_SENTENCE: (_("A sentence is longer than 25 words"), _("Divide it in two.")),
    Advice.HARD_TEXT: (_("The text is hard to read (LIX over 45)"), _("Write shorter sentences and shorter words.")),
    Advice.NO_LEAD: (_("The page has no lead"), _("Say in one or two sentences what the reader finds here.")),
    Advice.NO_SOURCE: (_("A law is named without its source"), _("Link to the law, or give it a footnote.")),
    Advice.WORD_REMNANT: (
        _("Something was left from Word"),
        _("A bullet, a number or a code that was typed: use the buttons for lists, headings and footnotes."),
    ),
    Advice.VAGUE_LINK: (
        _("A link does not say where it leads"),
        _("Write what the reader finds there, not “here” or “read more”."),
    ),
}


class SiteCheckerItem(ContentCheckerItem):
    """Wagtail's checker with the rules that axe runs by itself, and the one on trial that Wagtail runs."""

    axe_run_only = None
    axe_rules = {
        "p-as-heading": {"enabled": True},
        # The notes that the checker itself puts into the preview all have the same name.
        "landmark-unique": {"enabled": False},
    }
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        *(
            {
                "id": advice,
                "impact": "minor",
                "selector": f"[{ATTRIBUTE}~={advice}]",
                "tags": ["best-practice"],
                "any": ["has-alt"],  # of axe's own checks one that such an element never passes
                "enabled": True,
            }
            for advice in Advice
        ),
    ]
    axe_messages = {
        **{rule: {"error_name": name, "help_text": OWN_TEXT.get(rule, IN_THE_CODE)} for rule, name in NAMES.items()},
        **{advice: {"error_name": name, "help_text": help_text} for advice, (name, help_text) in ADVICE.items()},
        **ContentCheckerItem.axe_messages,
    }


def use_site_checker(request: HttpRequest, items: list[Any], page: Any) -> None:
    """Put it in the place of Wagtail's."""
    items[:] = [
        SiteCheckerItem(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items
    ]
