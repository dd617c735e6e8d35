"""How reports are found: their addresses and their place in the menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView


def report_urls(view: type[ReportView], address: str) -> list[URLPattern]:
    """Return the addresses of a report and of its rows alone, which its filters ask for."""
    return [
        path(f"reports/{address}/", view.as_view(), name=view.index_url_name),
        path(f"reports/{address}/results/", view.as_view(results_only=True), name=view.index_results_url_name),
    ]


class ReportMenuItem(MenuItem):
    """A report in the menu, for those who may see it."""

    def __init__(self, view: type[ReportView], **options: Any) -> None:
        super().__init__(view.page_title, reverse_lazy(view.index_url_name), icon_name=view.header_icon, **options)
        self.view = view

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask what the report asks."""
        policy, action = self.view.permission_policy, self.view.permission_required
        return policy is None or action is None or policy.user_has_permission(request.user, action)
