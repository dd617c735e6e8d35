"""What search engines are told of a publication, in the words of schema.org."""

from typing import Any

from django.conf import settings

from pages.structured_data import CONTEXT
from resources.models.kinds import Kind
from resources.models.resources import Resource


def publication(resource: Resource) -> dict[str, Any] | None:
    """Describe a publication with the dates that readers see; None for a link, whose date is when it was looked at."""
    if resource.kind == Kind.LINK:
        return None
    return {
        "@context": CONTEXT,
        "@type": "Article",
        "headline": resource.title,
        "description": resource.summary,
        "inLanguage": [language.code for language in resource.languages],
        "mainEntityOfPage": settings.SITE_URL + resource.url,
        "publisher": {"@type": "Organization", "name": resource.publisher},
        "datePublished": resource.date.isoformat(),
        "dateModified": max(resource.date, resource.updated_on or resource.date).isoformat(),
    }
