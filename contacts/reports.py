"""The report that tells editors where readers find no coordinator."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from contacts.models import County


class CountiesWithoutCoordinatorView(ReportView):
    """Counties that no published coordinator covers; their pages show the support line alone."""

    model = County
    page_title = _("Counties without coordinator")
    header_icon = "warning"
    index_url_name = "counties_without_coordinator"
    index_results_url_name = "counties_without_coordinator_results"
    columns = [Column("name", label=_("county")), Column("code", label=_("code"))]
    list_export = ["code", "name"]
    is_searchable = False

    def get_queryset(self) -> QuerySet[County]:
        """Return the counties in order of code."""
        return County.objects.without_coordinator()
