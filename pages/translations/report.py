"""The report of the translations, and the press that makes one."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import Button
from wagtail.models import Locale

from pages.admin.care import CareItem
from pages.admin.one_press import PressColumn, PressView
from pages.translations.making import make_translation
from pages.translations.state import State, Translation, originals, translations

MAY_TRANSLATE = "simple_translation.submit_translation"
ORDER = [State.MISSING, State.OUTDATED, State.DRAFT, State.CURRENT]


def translations_for(user: Any) -> list[Translation]:
    """Return the translations of pages, or in pages, that a user may change; what needs most comes first."""
    return sorted(translations(user), key=lambda each: ORDER.index(each.state))


def edit_url(translation: Translation) -> str:
    """Return where the translation is written; where it is missing, the original."""
    return reverse("wagtailadmin_pages:edit", args=[(translation.page or translation.original).pk])


def compare_link(translation: Translation) -> str:
    """Return the way to what the original has changed; "" where it has changed nothing."""
    if translation.page is None or translation.state != State.OUTDATED:
        return ""
    url = reverse("compare_translation", args=[translation.page.pk])
    return format_html('<a href="{}">{}</a>', url, gettext("Compare"))


def make_url(translation: Translation) -> str:
    """Return where a missing translation is made; "" where it is there."""
    if translation.page:
        return ""
    return reverse("make_translation", args=[translation.original.pk, translation.locale.pk])


class TranslationsView(ReportView):
    """How every published page stands in every other language."""

    page_title = _("Translations")
    header_icon = "globe"
    index_url_name = "translations"
    index_results_url_name = "translations_results"
    list_export = ["title", "language", "state", "changed_at"]
    is_searchable = False

    @cached_property
    def columns(self) -> list[Any]:
        """Offer to make what is missing to those who may."""
        columns = [
            TitleColumn("title", label=_("Page"), accessor=str, get_url=edit_url),
            Column("language", label=_("Language"), accessor=lambda each: each.locale.get_display_name()),
            StatusTagColumn(
                "state",
                label=_("Status"),
                accessor=lambda each: each.state.label,
                primary=lambda each: each.state == State.CURRENT,
            ),
            DateColumn("changed_at", label=_("Original changed")),
            Column("compare", label=_("Compare"), accessor=compare_link),
        ]
        if self.request.user.has_perm(MAY_TRANSLATE):
            press = _("Make the translation")
            columns.append(PressColumn("make", label=_("Actions"), press=press, get_url=make_url))
        return columns

    @property
    def header_more_buttons(self) -> list[Button]:
        """Lead to the pages in one state."""
        url = reverse(self.index_url_name)
        buttons = [
            Button(state.label.capitalize(), f"{url}?state={state}", priority=ORDER.index(state)) for state in ORDER
        ]
        return [*buttons, Button(_("All"), url, priority=len(ORDER))]

    def get_queryset(self) -> list[Translation]:
        """Return what the user may change, in the state that was asked for."""
        wanted = self.request.GET.get("state")
        return [each for each in translations_for(self.request.user) if wanted in {None, "", each.state}]


class MakeTranslationView(PressView):
    """Makes a translation and opens it."""

    def press(self) -> str:
        """Make it, or find the one that was made meanwhile."""
        if not self.request.user.has_perm(MAY_TRANSLATE):
            raise PermissionDenied
        original = get_object_or_404(originals(), pk=self.kwargs["page_id"])
        locale = get_object_or_404(Locale, pk=self.kwargs["locale_id"])
        self.made = make_translation(original, locale, self.request.user)
        return gettext("Write the translation: a mark stands where each text goes, and has to be gone to publish.")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Open it, wherever the button stood."""
        super().post(request, *args, **kwargs)
        return redirect(self.get_back_url())

    def get_back_url(self) -> str:
        """Return the form of the new page."""
        return reverse("wagtailadmin_pages:edit", args=[self.made.pk])


def care_items(user: Any) -> Iterator[CareItem]:
    """Yield what is outdated, and what is missing."""
    found, url = translations_for(user), reverse(TranslationsView.index_url_name)
    outdated = sum(each.state == State.OUTDATED for each in found)
    missing = sum(each.state == State.MISSING for each in found)
    yield CareItem(
        count=outdated,
        label=ngettext(
            "translation is older than its original", "translations are older than their originals", outdated
        ),
        all_well=gettext("Every translation follows its original."),
        url=f"{url}?state={State.OUTDATED}",
    )
    yield CareItem(
        count=missing,
        label=ngettext("page is not translated", "pages are not translated", missing),
        all_well=gettext("Every page is translated."),
        url=f"{url}?state={State.MISSING}",
    )
