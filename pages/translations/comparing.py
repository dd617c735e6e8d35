"""A translation beside what its original has changed, and the press that says that nothing has to be changed."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log
from wagtail.models import Page

from pages.admin.one_press import PressView
from pages.html.comparison import side_by_side
from pages.html.plain_text import text_lines
from pages.translations.report import TranslationsView
from pages.translations.state import ANSWERED, answered_at, originals, seen_at
from pages.versions.models import PublishedVersion


class OfTranslation:
    """A view about one translation, for those who may change it."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def translation(self) -> Page:
        """The page in the other language."""
        pages = Page.objects.exclude(locale__language_code=settings.LANGUAGE_CODE).select_related("locale")
        page = get_object_or_404(pages.specific(), pk=self.kwargs["page_id"])
        if not page.permissions_for_user(self.request.user).can_edit():
            raise PermissionDenied
        return page

    @cached_property
    def original(self) -> Page:
        """The page that it translates."""
        return get_object_or_404(originals(), translation_key=self.translation.translation_key)


class CompareTranslationView(OfTranslation, WagtailAdminTemplateMixin, TemplateView):
    """What the original has changed since the translation was published, and the translation as it is."""

    template_name = "pages/admin/compare_translation.html"
    page_title = _("Compare with the original")
    header_icon = "globe"

    def get_page_subtitle(self) -> str:
        """Name the page."""
        return str(self.translation)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the lines that differ, and the translation's text."""
        seen = seen_at(self.translation, answered_at(page=self.translation.pk))
        versions = PublishedVersion.objects.filter(page=self.original.pk)
        before = versions.filter(published_at__lte=seen).first() if seen else None
        now, translated = versions.first(), PublishedVersion.objects.filter(page=self.translation.pk).first()
        return super().get_context_data(**kwargs) | {
            "seen": seen,
            "rows": list(side_by_side(_text(before), _text(now))),
            "original": self.original,
            "translation": self.translation,
            "translated_lines": _text(translated).splitlines(),
        }


def _text(version: PublishedVersion | None) -> str:
    return "\n".join([version.title, version.lead, *text_lines(version.body)]) if version else ""


class AnswerTranslationView(OfTranslation, PressView):
    """Notes that a translation needs no change."""

    def press(self) -> str:
        """Log it, from when on the original is compared again."""
        log(self.translation, ANSWERED, user=self.request.user, data={"original": self.original.pk})
        return gettext("“%s” follows the original: nothing to change.") % self.translation

    def get_back_url(self) -> str:
        """Return the report."""
        return reverse(TranslationsView.index_url_name)
