"""A number in Wagtail's editor: how it is shown there, read from the stored text and written to it, and chosen."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from draftjs_exporter import DOM
from draftjs_exporter.engines.string import Elt
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.admin.rich_text.converters.contentstate_models import ContentState
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    KEEP_WHITESPACE,
    HandlerState,
    InlineEntityElementHandler,
)
from wagtail.admin.rich_text.editors.draftail import features as draftail
from wagtail.rich_text.feature_registry import FeatureRegistry

from contacts.numbers import NUMBER, NumberHandler, contact_of, numbered_contacts

ENTITY = "NUMBER"
CHOOSER = "choose_number"


class NumberElementHandler(InlineEntityElementHandler):
    """Shows the number, which Draftail lets nobody edit letter by letter; one that is gone as an error."""

    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, Any]:
        """Return what the editor knows of the number."""
        contact = contact_of(attrs.get(NUMBER, ""))
        return {"key": attrs.get(NUMBER, ""), "name": str(contact or ""), "isUnknown": contact is None}

    def handle_endtag(self, name: str, state: HandlerState, contentstate: ContentState) -> None:
        """Put the number where the element stands, which has no text of its own."""
        key = contentstate.entity_map[state.current_entity_ranges[-1].key].data["key"]
        contact = contact_of(key)
        state.current_block.text += contact.number if contact else _("unknown number “%(key)s”") % {"key": key}
        state.leading_whitespace = KEEP_WHITESPACE
        super().handle_endtag(name, state, contentstate)


def number_element(props: dict[str, Any]) -> Elt:
    """Return the element that refers to the number, in the styles that it has, whatever the editor showed."""
    element = DOM.create_element("embed", {"embedtype": NUMBER, NUMBER: props["key"]})
    styles = []
    shown = props["children"]
    while isinstance(shown, Elt):
        if shown.type != "fragment":
            styles.append(shown)
        shown = next((child for child in shown.children if isinstance(child, Elt)), None)
    for style in reversed(styles):
        element = DOM.create_element(style.type, style.attr or {}, element)
    return element


def register(features: FeatureRegistry) -> None:
    """Offer numbers to the editor of every rich text that names the feature."""
    features.register_embed_type(NumberHandler)
    features.register_converter_rule(
        "contentstate",
        NUMBER,
        {
            "from_database_format": {f'embed[embedtype="{NUMBER}"]': NumberElementHandler(ENTITY)},
            "to_database_format": {"entity_decorators": {ENTITY: number_element}},
        },
    )
    button = {
        "type": ENTITY,
        "icon": "mobile-alt",
        "description": gettext_lazy("Telephone number"),
        "chooserUrls": {"number": reverse_lazy(CHOOSER)},
    }
    features.register_editor_plugin("draftail", NUMBER, draftail.EntityFeature(button, js=["js/numbers.js"]))


def choose_number(request: HttpRequest) -> HttpResponse:
    """Show the stored numbers to choose from, in a dialogue of the editor."""
    contacts = numbered_contacts().values()
    return render_modal_workflow(
        request, "contacts/admin/choose_number.html", None, {"contacts": contacts}, {"step": "choose"}
    )
