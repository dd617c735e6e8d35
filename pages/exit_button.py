"""The button that leaves the site at once: on which pages it is, and where it leads.

What is set for it is read with the pages of the menu, so that it takes no query of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from wagtail.models import Page
from wagtail.query import PageQuerySet

from pages.html.links import address_of
from pages.models.site_settings import SiteSettings


@dataclass(frozen=True, slots=True)
class ExitButton:
    """Where the button leads, and the page that says what it cannot do; "" without one in this language."""

    url: str
    help_url: str


def with_exit_button(sections: PageQuerySet) -> PageQuerySet:
    """Add to the pages below a start page what `exit_button` needs."""
    everywhere = Q(exit_sections__depth=2)  # the start page
    here = SiteSettings.objects.filter(everywhere | Q(exit_sections__translation_key=OuterRef("translation_key")))
    help_pages = Page.objects.live().filter(
        locale=OuterRef("locale"), translation_key__in=SiteSettings.objects.values("exit_help__translation_key")
    )
    return sections.annotate(
        exit_url=Subquery(here.values("exit_url")[:1]),
        exit_is_everywhere=Exists(SiteSettings.objects.filter(everywhere)),
        exit_help_path=Subquery(help_pages.values("url_path")[:1]),
    )


def exit_button(address: str, sections: Sequence[Any]) -> ExitButton | None:
    """Return the button of what is at an address, or belongs to the page there, given the sections `with_exit_button`.

    A section that is not published counts too: its pages may be.
    """
    for section in sections:
        if section.exit_url and (section.exit_is_everywhere or address.startswith(section.url)):
            return ExitButton(section.exit_url, address_of(section.exit_help_path) if section.exit_help_path else "")
    return None
