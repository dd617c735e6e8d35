"""What stands on every page: who is behind the site, the button that leaves it at once, whether there are notices.

They are read with the pages of the menu, so that they take no query of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from wagtail.query import PageQuerySet

from pages.html.links import url_of
from pages.languages import active_field
from pages.models.site_notice import SiteNotice
from pages.models.site_settings import SiteSettings


@dataclass(frozen=True, slots=True)
class Sender:
    """The agency behind the site, and what it does, in the language of the page; "" where nothing is set."""

    name: str
    words: str


def with_site_settings(sections: PageQuerySet) -> PageQuerySet:
    """Add to the pages below a start page what the functions below need, in the active language."""
    everywhere = Q(exit_sections__depth=2)  # the start page
    here = SiteSettings.objects.filter(everywhere | Q(exit_sections__translation_key=OuterRef("translation_key")))
    first = SiteSettings.objects.order_by("pk")
    return sections.annotate(
        sender_name=Subquery(first.values(active_field("sender"))[:1]),
        sender_words=Subquery(first.values(active_field("sender_words"))[:1]),
        exit_url=Subquery(here.values("exit_url")[:1]),
        exit_is_everywhere=Exists(SiteSettings.objects.filter(everywhere)),
        has_notices=Exists(SiteNotice.objects.filter(ends_at__gt=timezone.now())),
    )


def exit_button(address: str, sections: Sequence[Any]) -> str:
    """Return where the button leads of what is at an address, or belongs to the page there; "" where there is none.

    A section that is not published counts too: its pages may be.
    """
    for section in sections:
        if section.exit_url and (section.exit_is_everywhere or address.startswith(url_of(section))):
            return str(section.exit_url)
    return ""


def has_notices(sections: Sequence[Any]) -> bool:
    """Tell whether there may be notices to all readers, given the sections `with_site_settings`."""
    return not sections or sections[0].has_notices


def sender(sections: Sequence[Any]) -> Sender:
    """Return who is behind the site, given the sections `with_site_settings`."""
    for section in sections:
        return Sender(section.sender_name or "", section.sender_words or "")
    return Sender("", "")
