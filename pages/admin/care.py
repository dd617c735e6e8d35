"""What waits for whoever is signed in, on the first page of the admin: each with a number and a way to the list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from wagtail.admin.ui.components import Component

from pages.registry import registered_functions


@dataclass(frozen=True, slots=True, kw_only=True)
class CareItem:
    """Something to take care of; `all_well` says so where there is nothing of it."""

    count: int
    label: str  # after the number
    all_well: str | Promise
    url: str
    is_urgent: bool = True  # else it is only told


class CarePanel(Component):
    """Shows what the apps registered, as far as the user may see it; nothing to those who may see none of it."""

    name = "care"
    template_name = "pages/admin/care_panel.html"
    order = 90

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what waits, and what is well. Some queries for each item, whatever the site holds."""
        user = parent_context["request"].user
        items = [item for find in registered_functions("care_items") for item in find(user)]
        waiting = [item for item in items if item.count]
        return {
            "items": items,
            "waiting": sorted(waiting, key=lambda item: not item.is_urgent),
            "well": [item for item in items if not item.count],
            "is_well": not any(item.is_urgent for item in waiting),
        }
