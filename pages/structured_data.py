"""What search engines are told about a page, in the words of schema.org."""

from typing import Any

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import get_language

from pages.models.base import BasePage
from pages.site_frame import Sender

CONTEXT = "https://schema.org"


def agency(sender: Sender) -> dict[str, str]:
    """Describe who is behind the site, by the name that the site settings give it."""
    return {"@type": "GovernmentOrganization", **({"name": sender.name} if sender.name else {})}


def article(page: BasePage, sender: Sender) -> dict[str, Any]:
    """Describe a text of a sender, in the language in which it is read, with the dates that readers see."""
    published = localdate(page.first_published_at) if page.first_published_at else None
    updated = page.updated_on or published
    if published and updated and published > updated:
        published = None  # the text is older than its page here
    dates = {"datePublished": published, "dateModified": updated}
    return {
        "@context": CONTEXT,
        "@type": "Article",
        "headline": page.heading or page.title,
        "description": page.description,
        "inLanguage": get_language(),
        "mainEntityOfPage": settings.SITE_URL + page.url,
        "publisher": agency(sender),
        **({"version": str(page.edition_mark)} if page.edition_mark else {}),
        **{name: value.isoformat() for name, value in dates.items() if value},
    }
