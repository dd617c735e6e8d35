"""Lists with a purpose: steps to take, things to check, ways onwards."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page
from wagtail.rich_text import RichText

from pages.blocks.text import TEXT_FEATURES
from pages.html.links import are_links_preloaded, linked_page, url_of


class StepsBlock(blocks.StructBlock):
    """Things to do in order, numbered by their place."""

    heading = blocks.CharBlock(label=_("heading"), max_length=120, required=False)
    steps = blocks.ListBlock(blocks.RichTextBlock(label=_("step"), features=TEXT_FEATURES), label=_("steps"), min_num=2)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        description = _("Things to do in order.")
        template = "blocks/steps.html"
        preview_value = {
            "heading": "Gör så här",
            "steps": [RichText("<p><b>Lyssna.</b></p>"), RichText("<p><b>Ring.</b></p>")],
        }


class ChecklistBlock(blocks.StructBlock):
    """Things to look for or to remember, with boxes to tick; what is ticked is stored nowhere."""

    heading = blocks.CharBlock(label=_("heading"), max_length=120)
    items = blocks.ListBlock(blocks.CharBlock(label=_("item"), max_length=250), label=_("items"), min_num=2)

    class Meta:
        icon = "tasks"
        label = _("Checklist")
        description = _("Things to look for or remember, with boxes to tick, on the page and printed on its own.")
        template = "blocks/checklist.html"
        preview_value = {"heading": "Ta med", "items": ["Penna", "Telefon"]}

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Let the template know where boxes cannot be ticked: on paper, and in what is kept of a page."""
        return {"is_paper": False, "is_snapshot": False, **super().get_context(value, parent_context)}


class LinkStructValue(blocks.StructValue):
    """A link whose target is a page of this site or an address elsewhere."""

    @cached_property
    def target(self) -> Page | None:
        """The page that the link leads to; None for an address, or a page that readers cannot open."""
        return linked_page(self["page"].pk) if self["page"] else None

    @property
    def href(self) -> str:
        """The address; empty where there is nothing to open, and the link is left out."""
        return url_of(self.target) if self.target else self["url"]

    @property
    def other_language(self) -> str:
        """The language of a page that is not translated; empty where it is the one being read."""
        language = self.target.locale.language_code if self.target else get_language()
        return "" if language == get_language() else language

    @property
    def text(self) -> str:
        """The words of the link; the page's title where the editor wrote none."""
        return self["link_text"] or (self.target.title if self.target else self["url"])


# Those of `static/img/more-icons.svg` that say what a page is about, the drawing's name with what it shows.
ICONS = [
    ("eye", _("eye")),
    ("hour", _("hourglass")),
    ("file", _("sheet of paper")),
    ("home", _("house")),
    ("double", _("two circles")),
    ("people", _("people")),
    ("case", _("briefcase")),
    ("star", _("star")),
    ("book", _("book")),
]


class LinkBlock(blocks.StructBlock):
    """One link with a line about what the reader finds there."""

    page = blocks.PageChooserBlock(label=_("page"), required=False)
    url = blocks.URLBlock(label=_("or address elsewhere"), required=False)
    link_text = blocks.CharBlock(
        label=_("link text"), max_length=120, required=False, help_text=_("The page's title when empty.")
    )
    description = blocks.CharBlock(label=_("description"), max_length=200, required=False)
    icon = blocks.ChoiceBlock(
        label=_("drawing"), choices=ICONS, required=False, help_text=_("Beside the link; screen readers do not say it.")
    )

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkStructValue

    def bulk_to_python(self, values: Any) -> list[Any]:
        """Read links from what is stored; while a text is rendered, of the pages chosen no more than the key.

        Where they lead is known then. `Page` reads what else is asked of it.
        """
        if not are_links_preloaded():
            return super().bulk_to_python(values)
        keys = [value.get("page") for value in values]
        links = super().bulk_to_python([{name: value[name] for name in value if name != "page"} for value in values])
        for link, key in zip(links, keys, strict=True):
            if key:
                link["page"] = Page.from_db(None, ["id"], [key])
        return links

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        """Refuse a link with no target, two targets, or an address without words; a draft may have any of them."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            message = ValidationError(_("Choose a page or write an address, one of them."))
            raise blocks.StructBlockValidationError(block_errors={"page": message})
        if cleaned["url"] and not cleaned["link_text"]:
            message = ValidationError(_("Write what the link leads to."))
            raise blocks.StructBlockValidationError(block_errors={"link_text": message})
        return cleaned


class LinksStructValue(blocks.StructValue):
    """Ways onwards."""

    @property
    def is_drawn(self) -> bool:
        """Whether a drawing stands beside one of the links."""
        return any(link["icon"] for link in self["links"])


class LinksBlock(blocks.StructBlock):
    """A quiet list of ways onwards."""

    heading = blocks.CharBlock(label=_("heading"), max_length=120, required=False)
    links = blocks.ListBlock(LinkBlock(), label=_("links"))

    class Meta:
        icon = "link"
        label = _("Links")
        description = _("A list of links, each with a line about what is there.")
        template = "blocks/links.html"
        value_class = LinksStructValue
        preview_value = {
            "heading": "Läs mer",
            "links": [
                {
                    "page": None,
                    "url": "https://example.org/",
                    "link_text": "Exempel",
                    "description": "En rad om vad som finns där.",
                    "icon": "book",
                }
            ],
        }

    def get_context(self, value: blocks.StructValue, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Put the heading below the one above: that of the page, or of a part of the manual."""
        context = super().get_context(value, parent_context)
        return {"heading_level": 2, **context}
