"""What editors and administrators are told of what the site should have done by itself: mail and jobs."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from pages.jobs.health import troubles
from pages.outbox.models import WaitingMail

SEE_MAIL = "pages.view_waitingmail"


class TroublesPanel(Component):
    """On the first page of the admin, as long as there is something to tell."""

    name = "troubles"
    template_name = "pages/admin/troubles_panel.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        """Return what mail was not sent, and which jobs do not run."""
        written = list(WaitingMail.objects.troubled().values_list("created_at", flat=True))
        return {"mail_count": len(written), "oldest": next(iter(written), None), "troubles": troubles()}


class UnsentMailView(ReportView):
    """Mail that could not be sent until now, or was given up; never its text, which may hold a code or a link."""

    model = WaitingMail
    page_title = _("Mail that could not be sent")
    header_icon = "mail"
    index_url_name = "unsent_mail"
    index_results_url_name = "unsent_mail_results"
    permission_required = "view"
    columns = [
        Column("kind", label=_("what about"), accessor="get_kind_display"),
        Column("to", label=_("recipient")),
        DateColumn("created_at", label=_("written")),
        Column("tried", label=_("tries")),
        Column("why", label=_("why")),
        DateColumn("given_up_at", label=_("given up")),
    ]
    list_export: list[str] = []
    is_searchable = False

    def get_queryset(self) -> QuerySet[WaitingMail]:
        """Return it, oldest first."""
        return WaitingMail.objects.troubled()
