"""The report of broken links."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from pages.admin.care import CareItem
from pages.links.models import BrokenLink

SEE_ALL = "pages.view_brokenlink"


def links_for(user: Any) -> QuerySet[BrokenLink]:
    """Return what is broken on pages that a user may change; to those who keep the whole site all of it."""
    if user.has_perm(SEE_ALL):
        return BrokenLink.objects.all()
    own = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    return BrokenLink.objects.filter(page__in=own)


class BrokenLinksView(ReportView):
    """What the last walk has found, by the page that it is on."""

    page_title = _("Broken links")
    header_icon = "link"
    index_url_name = "broken_links"
    index_results_url_name = "broken_links_results"
    model = BrokenLink
    columns = [
        TitleColumn(
            "page", label=_("Page"), accessor=lambda link: link.page or link.address, get_url=lambda link: link.url
        ),
        Column("address", label=capfirst(_("found at"))),
        Column("place", label=capfirst(_("field"))),
        Column("text", label=capfirst(_("words of the link"))),
        Column("target", label=capfirst(_("leads to"))),
        Column("fault", label=capfirst(_("what is wrong")), accessor="get_fault_display"),
        DateColumn("found_at", label=capfirst(_("found"))),
    ]
    list_export = ["page", "address", "place", "text", "target", "fault", "found_at"]
    is_searchable = False
    no_results_message = _("Every link leads somewhere.")

    def get_queryset(self) -> QuerySet[BrokenLink]:
        """Return what the user may change."""
        return links_for(self.request.user).select_related("page")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Add where each is mended; else where it is seen."""
        for link in object_list:
            link.url = reverse("wagtailadmin_pages:edit", args=[link.page_id]) if link.page_id else link.address
        return object_list


def care_items(user: Any) -> Iterator[CareItem]:
    """Yield how many links are broken."""
    count = links_for(user).count()
    yield CareItem(
        count=count,
        label=ngettext("link leads nowhere", "links lead nowhere", count),
        all_well=gettext("Every link leads somewhere."),
        url=reverse(BrokenLinksView.index_url_name),
    )
