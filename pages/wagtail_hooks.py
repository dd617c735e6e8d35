"""What the pages add to Wagtail: how links are written, reports, and what waits on the first page."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from pages.admin import hooks as admin_hooks  # noqa: F401  (registers what editors get beside Wagtail's own)
from pages.admin.care import CarePanel
from pages.admin.notices import SiteNoticeViewSet
from pages.admin.page_views import SitePageViewSet
from pages.admin.reports import ReportMenuItem, report_urls
from pages.admin.schedules import SchedulesView
from pages.admin.search_trial import PinCreateView, TrySearchesMenuItem, TrySearchesView
from pages.admin.troubles import SEE_MAIL, TroublesPanel, UnsentMailView
from pages.html.rich_text import LivePageLinkHandler
from pages.links.bulk import UnpublishBulkAction
from pages.links.report import BrokenLinksView
from pages.manual.admin import hooks as editors_hooks  # noqa: F401  (registers what the manual adds)
from pages.review.report import REVIEWED, NoteReviewedView, PagesToReviewView
from pages.translations.comparing import AnswerTranslationView, CompareTranslationView
from pages.translations.report import MakeTranslationView, TranslationsView
from pages.translations.state import ANSWERED

register_snippet(SiteNoticeViewSet)

# After Wagtail's own, whose place it takes.
hooks.register("register_bulk_action", UnpublishBulkAction, order=1)


# After Wagtail's own, whose places they take.
@hooks.register("register_admin_viewset", order=1)
def register_page_views() -> SitePageViewSet:
    return SitePageViewSet()


@hooks.register("register_rich_text_features", order=1)
def register_link_handler(features: FeatureRegistry) -> None:
    features.register_link_type(LivePageLinkHandler)


@hooks.register("register_admin_urls")
def register_report_urls() -> list[URLPattern]:
    return [
        *report_urls(PagesToReviewView, "pages-to-review"),
        *report_urls(SchedulesView, "schedules"),
        *report_urls(BrokenLinksView, "broken-links"),
        *report_urls(TranslationsView, "translations"),
        *report_urls(UnsentMailView, "unsent-mail"),
    ]


@hooks.register("insert_editor_js")
def save_safely() -> str:
    return format_html('<script src="{}" defer></script>', static("js/editor.js"))


@hooks.register("register_admin_urls")
def register_press_urls() -> list[URLPattern]:
    return [
        path("reviews/<int:pk>/reviewed/", NoteReviewedView.as_view(), name="note_reviewed"),
        path("translations/<int:page_id>/", CompareTranslationView.as_view(), name="compare_translation"),
        path("translations/<int:page_id>/answer/", AnswerTranslationView.as_view(), name="answer_translation"),
        path("translations/<int:page_id>/<int:locale_id>/", MakeTranslationView.as_view(), name="make_translation"),
    ]


@hooks.register("register_log_actions")
def register_care_actions(actions: LogActionRegistry) -> None:
    actions.register_action(ANSWERED, _("Compare a translation"), _("Translation compared, nothing to change"))
    actions.register_action(REVIEWED, _("Review"), _("Reviewed, nothing to change"))


@hooks.register("register_admin_urls")
def register_trial_url() -> list[URLPattern]:
    return [path("try-searches/", TrySearchesView.as_view(), name="try_searches")]


# Before Wagtail's own of the same address.
@hooks.register("register_admin_urls", order=-1)
def register_pin_url() -> list[URLPattern]:
    return [path("searchpicks/add/", PinCreateView.as_view(), name="add_pin")]


@hooks.register("register_settings_menu_item")
def register_trial_menu_item() -> MenuItem:
    view = TrySearchesView
    return TrySearchesMenuItem(view.page_title, reverse("try_searches"), icon_name=view.header_icon, order=610)


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(CarePanel())
    if request.user.has_perm(SEE_MAIL):
        panels.append(TroublesPanel())


@hooks.register("construct_reports_menu")
def hide_search_terms(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    # What readers search for is not stored, so there is nothing to report.
    menu_items[:] = [item for item in menu_items if item.name != "search-terms"]


@hooks.register("register_reports_menu_item")
def register_review_menu_item() -> MenuItem:
    return ReportMenuItem(PagesToReviewView, order=100)


@hooks.register("register_reports_menu_item")
def register_translations_menu_item() -> MenuItem:
    return ReportMenuItem(TranslationsView, order=102)


@hooks.register("register_reports_menu_item")
def register_links_menu_item() -> MenuItem:
    return ReportMenuItem(BrokenLinksView, order=103)


@hooks.register("register_page_header_buttons")
def compare_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if view_name == "edit" and page.live and page.locale.language_code != settings.LANGUAGE_CODE:
        url = reverse("compare_translation", args=[page.pk])
        yield Button(_("Compare with the original"), url, icon_name="globe", priority=81)


@hooks.register("register_reports_menu_item")
def register_schedules_menu_item() -> MenuItem:
    return ReportMenuItem(SchedulesView, order=101)
