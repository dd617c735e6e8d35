"""What the manual adds to Wagtail's admin; read by `pages.wagtail_hooks`, where Wagtail looks."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page, PageLogEntry
from wagtail.snippets.models import register_snippet

from pages.admin.words import WordsViewSetGroup
from pages.manual.admin.publishing import PagesViewSet, PublishBulkAction
from pages.manual.admin.records import RecordsViewSetGroup
from pages.manual.admin.report import ManualReportView
from pages.manual.admin.steps import BringPartsView, MovePartView
from pages.manual.moving import BROUGHT, MOVED, missing_parts
from pages.manual.pages.step import ManualStepPage
from pages.manual.publication import empty_notes
from pages.versions.withdrawal import WITHDRAWN

register_snippet(RecordsViewSetGroup)
register_snippet(WordsViewSetGroup)

# After Wagtail's own, whose places they take.
hooks.register("register_bulk_action", PublishBulkAction, order=1)


@hooks.register("construct_admin_api")
def register_pages_endpoint(router: WagtailAPIRouter) -> None:
    router.register_endpoint("pages", PagesViewSet)


@hooks.register("register_admin_urls")
def register_manual_urls() -> list[URLPattern]:
    report = ManualReportView
    return [
        path("manual/<int:page_id>/move-part/", MovePartView.as_view(), name="move_part"),
        path("manual/<int:page_id>/bring-parts/", BringPartsView.as_view(), name="bring_parts"),
        path("reports/manual/", report.as_view(), name=report.index_url_name),
        path("reports/manual/results/", report.as_view(results_only=True), name=report.index_results_url_name),
    ]


@hooks.register("register_reports_menu_item")
def register_manual_report() -> MenuItem:
    report = ManualReportView
    return MenuItem(report.page_title, reverse(report.index_url_name), icon_name=report.header_icon, order=105)


@hooks.register("register_page_header_buttons")
def step_buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if view_name != "edit" or not isinstance(page, ManualStepPage) or not page.permissions_for_user(user).can_edit():
        return
    yield Button(_("Move a part to another step"), reverse("move_part", args=[page.pk]), icon_name="redirect")
    if missing_parts(page):
        yield Button(_("Bring missing parts"), reverse("bring_parts", args=[page.pk]), icon_name="download")


@hooks.register("before_edit_page")
def bring_back_without_notes(request: HttpRequest, page: Page) -> None:
    # To bring back an earlier version is a change of its own: its notes tell of another.
    match = request.resolver_match
    if match and match.url_name == "revisions_revert" and isinstance(page, ManualStepPage):
        empty_notes(page)


@hooks.register("register_log_actions")
def register_part_actions(actions: LogActionRegistry) -> None:
    @actions.register_action(MOVED)
    class MovedFormatter(LogFormatter):
        label = gettext_lazy("Move a part to another step")

        def format_message(self, log_entry: PageLogEntry) -> str:
            return _("Moved “%(heading)s” to “%(step)s”") % log_entry.data

    @actions.register_action(WITHDRAWN)
    class WithdrawnFormatter(LogFormatter):
        label = gettext_lazy("Withdraw a version")

        def format_message(self, log_entry: PageLogEntry) -> str:
            return _("Withdrew “%(title)s” of %(published)s: %(reason)s") % log_entry.data

    @actions.register_action(BROUGHT)
    class BroughtFormatter(LogFormatter):
        label = gettext_lazy("Bring missing parts")

        def format_message(self, log_entry: PageLogEntry) -> str:
            return _("Brought from the original: %(headings)s") % log_entry.data
