"""The numbers that texts refer to: of support lines by their level, of support services by their key.

Rich text holds `<embed embedtype="number" number="danger"/>`; readers see the number that is stored today.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Model
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.rich_text import EmbedHandler
from wagtail.rich_text.rewriters import FIND_EMBED_TAG, extract_attrs

from contacts.models import SupportLine, SupportService
from contacts.phone_numbers import number_mark
from contacts.who_to_call import support_lines
from pages.render_context import memoize_per_version

NUMBER = "number"  # the feature, the kind of embed, and its attribute with the key

type NumberedContact = SupportLine | SupportService


def support_services() -> tuple[SupportService, ...]:
    """Return all services in order. One query."""
    return memoize_per_version("support services", lambda: tuple(SupportService.objects.all()))


def numbered_contacts() -> Mapping[str, NumberedContact]:
    """Return the contacts that have a number, by key, those of every page first. Four queries at most."""
    lines: dict[str, NumberedContact] = {line.key: line for line in support_lines()}
    return lines | {service.key: service for service in support_services() if service.number}


def contact_of(key: str) -> NumberedContact | None:
    """Return the contact that a text refers to. No query for a line on a page, which shows them all the same."""
    lines: dict[str, NumberedContact] = {line.key: line for line in support_lines()}
    return lines.get(key) or numbered_contacts().get(key)


def mark_of(contact: NumberedContact) -> str:
    """Return the mark of a contact in stored texts."""
    return number_mark(contact.key)


def unknown_numbers(text: str, is_rich: bool) -> Iterator[str]:
    """Yield what to do about each reference to a contact that is gone, or has no number; a rule for texts."""
    for attributes in map(extract_attrs, FIND_EMBED_TAG.findall(text)) if is_rich else ():
        key = attributes.get(NUMBER, "")
        if attributes.get("embedtype") == NUMBER and contact_of(key) is None:
            yield _("The register has no number “%(key)s” any more. Take it away, or choose another.") % {"key": key}


class NumberHandler(EmbedHandler):
    """Shows the number that a text refers to."""

    identifier = NUMBER

    @classmethod
    def expand_db_attributes(cls, attrs: dict[str, str]) -> str:
        """Return the number as a link that calls it."""
        contact = contact_of(attrs.get(NUMBER, ""))
        if contact is None:
            return _("(the number is missing)")
        return format_html('<a class="number" href="{}">{}</a>', contact.tel, contact.number)

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Iterator[tuple[type[Model], Any, str, str]]:
        """Let Wagtail tell where a contact is used."""
        key = attrs.get(NUMBER, "")
        # Not `contact_of`, which reads hours too: asked for each number of each page that is saved.
        for rows in (SupportLine.objects.filter(level=key), SupportService.objects.filter(key=key)):
            for pk in rows.values_list("pk", flat=True):
                yield rows.model, str(pk), "", ""
