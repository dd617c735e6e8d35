"""The report of what needs an editor's eye in the manual."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from pages.manual.models.changes import ChangeKind, PartChange
from pages.manual.models.parts import PublishedPart
from pages.manual.pages.step import ManualStepPage
from pages.manual.references import referenced_codes
from pages.text_places import stored_texts

ORIGINAL = Q(locale__language_code=settings.LANGUAGE_CODE)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at; `heading` is that of the part, "" where it is not about one."""

    page_id: int
    title: str
    language: str
    what: str
    heading: str

    @property
    def url(self) -> str:
        """Where an editor mends it."""
        return reverse("wagtailadmin_pages:edit", args=[self.page_id])


class ManualReportView(ReportView):
    """Broken references, parts without an actor, and where originals and translations have parted."""

    page_title = gettext_lazy("The manual: to look at")
    header_icon = "list-ol"
    index_url_name = "manual_report"
    index_results_url_name = "manual_report_results"
    columns = [
        TitleColumn("title", label=gettext_lazy("Page"), get_url=lambda finding: finding.url),
        Column("language", label=gettext_lazy("Language")),
        Column("heading", label=gettext_lazy("Part")),
        Column("what", label=gettext_lazy("What to look at")),
    ]
    list_export = ["title", "language", "heading", "what"]
    is_searchable = False

    def get_queryset(self) -> list[Finding]:
        """Return what is on pages that the user may edit, the references first."""
        pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(self.request.user, "change")
        own = set(pages.values_list("pk", flat=True))
        kinds = (broken_references, parts_without_actor, outdated_translations, missing_parts, orphaned_parts)
        return [finding for findings in kinds for finding in findings() if finding.page_id in own]


def broken_references() -> Iterator[Finding]:
    """Yield the links to parts that show as text, in what is published and in drafts."""
    readable = _readable_languages()
    for page, text, is_draft in stored_texts():
        language = page.locale.language_code
        for code in referenced_codes(text):
            if readable.get(code, set()).isdisjoint({language, settings.LANGUAGE_CODE}):
                what = _("Draft: a reference leads to no part (%(code)s)") if is_draft else None
                what = what or _("A reference leads to no part (%(code)s)")
                yield Finding(page.pk, page.title, language, what % {"code": code}, "")


def parts_without_actor() -> Iterator[Finding]:
    """Yield the published parts that name nobody whom they concern."""
    for part in _published_parts():
        if not part.content["actors"]:
            what = _("Concerns no actor by name, so everybody")
            yield Finding(part.page_id, part.page.title, part.locale.language_code, what, part.heading)


def outdated_translations() -> Iterator[Finding]:
    """Yield the parts whose original readers got to know as changed after the translation last changed."""
    changes = PartChange.objects.filter(kind__in=[ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.RETURNED])
    changes = changes.exclude(kind=ChangeKind.RETURNED, before=F("after")).order_by()
    news = dict(changes.filter(ORIGINAL, is_minor=False).values_list("part").annotate(Max("changed_at")))
    answers = changes.exclude(ORIGINAL).values_list("part", "locale").annotate(Max("changed_at"))
    answered = {(part, locale): moment for part, locale, moment in answers}
    for part in _published_parts().exclude(ORIGINAL):
        changed, since = news.get(part.part_id), answered.get((part.part_id, part.locale_id))
        if changed and (since is None or changed > since):
            what = _("The original has changed since this did")
            yield Finding(part.page_id, part.page.title, part.locale.language_code, what, part.heading)


def missing_parts() -> Iterator[Finding]:
    """Yield the parts of originals that published translations of their steps lack."""
    known = set(PublishedPart.objects.filter(page__live=True).values_list("part", "locale"))
    translations: dict[Any, list[ManualStepPage]] = {}
    for step in ManualStepPage.objects.live().exclude(ORIGINAL).select_related("locale").order_by("path"):
        translations.setdefault(step.translation_key, []).append(step)
    for part in _published_parts().filter(ORIGINAL):
        for step in translations.get(part.page.translation_key, []):
            if (part.part_id, step.locale_id) not in known:
                what = _("Missing in this translation: “Bring missing parts” fetches it")
                yield Finding(step.pk, step.title, step.locale.language_code, what, part.heading)


def orphaned_parts() -> Iterator[Finding]:
    """Yield the parts that only a translation has, so that their address in the default language says “removed”."""
    originals = set(_published_parts().filter(ORIGINAL).values_list("part", flat=True))
    for part in _published_parts().exclude(ORIGINAL):
        if part.part_id not in originals:
            what = _("Not in the original, where its address says “removed”: remove it, or name what replaces it")
            yield Finding(part.page_id, part.page.title, part.locale.language_code, what, part.heading)


def _published_parts() -> Any:
    parts = PublishedPart.objects.filter(page__live=True).select_related("page", "locale")
    return parts.order_by("page__path", "sort_order")


def _readable_languages() -> dict[str, set[str]]:
    """Return the languages in which each part can be read, by its code. One query."""
    languages: dict[str, set[str]] = {}
    published = PublishedPart.objects.filter(page__live=True)
    for code, language in published.values_list("part__code", "locale__language_code"):
        languages.setdefault(code, set()).add(language)
    return languages
