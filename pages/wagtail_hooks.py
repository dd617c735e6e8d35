"""What the pages add to Wagtail: how links are written, and the report of pages due for review."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from pages.admin.troubles import SEE_MAIL, TroublesPanel, UnsentMailView
from pages.html.rich_text import LivePageLinkHandler
from pages.manual.admin import hooks as editors_hooks  # noqa: F401  (registers what the manual adds)
from pages.models.base import BasePage


class PagesToReviewView(PageReportView):
    """Published pages whose review-by date has come."""

    page_title = _("Pages to review")
    header_icon = "time"
    index_url_name = "pages_to_review"
    index_results_url_name = "pages_to_review_results"

    def get_queryset(self) -> QuerySet[Page]:
        """Return the pages of every type, since the date is a field of each type's own table."""
        today = timezone.localdate()
        due = (Q(**{f"{model._meta.model_name}__review_by__lte": today}) for model in BasePage.__subclasses__())
        return Page.objects.live().filter(reduce(or_, due)).order_by("title")


# After Wagtail's own, whose place it takes.
@hooks.register("register_rich_text_features", order=1)
def register_link_handler(features: FeatureRegistry) -> None:
    features.register_link_type(LivePageLinkHandler)


@hooks.register("register_admin_urls")
def register_report_urls() -> list[URLPattern]:
    return [
        pattern
        for view, address in ((PagesToReviewView, "pages-to-review"), (UnsentMailView, "unsent-mail"))
        for pattern in (
            path(f"reports/{address}/", view.as_view(), name=view.index_url_name),
            path(f"reports/{address}/results/", view.as_view(results_only=True), name=view.index_results_url_name),
        )
    ]


@hooks.register("construct_homepage_panels")
def show_troubles(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.has_perm(SEE_MAIL):
        panels.append(TroublesPanel())


@hooks.register("construct_reports_menu")
def hide_search_terms(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    # What readers search for is not stored, so there is nothing to report.
    menu_items[:] = [item for item in menu_items if item.name != "search-terms"]


@hooks.register("register_reports_menu_item")
def register_report_menu_item() -> MenuItem:
    view = PagesToReviewView
    return MenuItem(view.page_title, reverse(view.index_url_name), icon_name=view.header_icon, order=100)
