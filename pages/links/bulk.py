"""Unpublishing many pages says what links to them, as deleting them does."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions import UnpublishBulkAction as WagtailUnpublishBulkAction

from pages.links.usage import links_to


class UnpublishBulkAction(WagtailUnpublishBulkAction):
    """Says so above the question."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a message with what links to the chosen pages."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if links := links_to([each["item"] for each in context["items"]], self.request.user):
            places = format_html_join("; ", "{} ({})", ((link.name, link.fields) for link in links))
            messages.warning(self.request, format_html("{} {}", gettext("Links lead here from:"), places))
        return context
