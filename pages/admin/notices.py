"""Notices to all readers in the admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import StatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from pages.admin.one_press import AheadColumn
from pages.languages import localized_fields
from pages.models.site_notice import SiteNotice


class SiteNoticeViewSet(SnippetViewSet):
    """What stands at the top of every page, the last to end first."""

    model = SiteNotice
    icon = "warning"
    menu_label = _("To all readers")
    menu_order = 195
    add_to_admin_menu = True
    copy_view_enabled = False
    search_fields = localized_fields("text")
    list_display: list[Any] = [
        "text",
        StatusTagColumn("state", label=_("Status"), primary=lambda notice: notice.is_shown),
        AheadColumn("starts_at", label=_("shown from"), sort_key="starts_at"),
        AheadColumn("ends_at", label=_("shown until"), sort_key="ends_at"),
    ]
