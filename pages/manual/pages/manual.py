"""The manual, and what lies below it beside its steps: all of it on one page, files to carry away, what changed."""

from pathlib import Path
from typing import Any, BinaryIO

from django.db import models
from django.db.models import F
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import path
from wagtail.models import Page
from wagtail.query import PageQuerySet

from pages.html.links import urls_below
from pages.made_files import MadeLaterError
from pages.manual.audience import in_words
from pages.manual.changes import ChangedParts, ChangesFeed, changed_parts, changes_page
from pages.manual.editions import EXAMPLE
from pages.manual.files import html_file, pdf_file
from pages.manual.models.actors import Actor
from pages.manual.pages.step import ALIAS_REFUSED, ManualStepPage, read_index
from pages.manual.whole import whole_manual
from pages.models.base import BasePage
from pages.models.subpage_routes import SubpageRoutes
from pages.requests import PageRequest
from pages.search.documents import SearchKind
from pages.tagged_pdf import can_make_pdf

RETRY_SECONDS = 30  # a PDF of the manual takes about ten


class ManualPage(SubpageRoutes, BasePage):
    """The manual: its steps in order, then pages about it."""

    edition = models.CharField(
        _("edition"),
        max_length=60,
        blank=True,
        help_text=_("Until it is stated, every step, copy and citation says that this is an example edition."),
    )

    search_kind = SearchKind.MANUAL
    alias_refusal = ALIAS_REFUSED

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.ManualStepPage", "pages.ActorsPage", "pages.GlossaryPage", "pages.GuidancePage"]
    page_description = _("The manual; its steps lie below it and are numbered by their order.")
    content_panels = [*BasePage.content_panels[:1], FieldPanel("edition"), *BasePage.content_panels[1:]]

    made_files = ("html_file", "pdf_file")

    class Meta:
        verbose_name = _("manual")
        verbose_name_plural = _("manuals")

    def annotated_children(self, pages: PageQuerySet) -> PageQuerySet:
        """Tell steps, which have a `time_frame` and `parts`, from other pages."""
        return pages.annotate(time_frame=F("manualsteppage__time_frame"), parts=F("manualsteppage__parts"))

    @property
    def edition_mark(self) -> str | Promise:
        """The stated edition, or that this is an example."""
        return self.edition or EXAMPLE

    def search_headings(self, body: str) -> str:
        """Return the headings, and the copy that readers look for."""
        return f"{super().search_headings(body)}\n{_('PDF to print or keep')}"

    @property
    def steps(self) -> list[Page]:
        """The published steps in order; the number of a step is its place."""
        return [page for page in self.child_pages if page.time_frame is not None]

    @property
    def actors_of_steps(self) -> dict[int, str]:
        """The actors whom the parts of each step are for, in words, by the key of the step. One query."""
        known = list(Actor.objects.all())
        everyone = [actor.code for actor in known]
        return {
            step.pk: capfirst(in_words({code for part in parts for code in part["value"]["actors"] or everyone}, known))
            for step, parts in ((step, step.parts.raw_data) for step in self.steps)
        }

    @property
    def pages_about(self) -> list[Page]:
        """The other published pages below the manual."""
        return [page for page in self.child_pages if page.time_frame is None]

    @path(pgettext_lazy("address of the whole manual on a page", "whole/"), name="whole")
    def whole(self, request: HttpRequest) -> HttpResponse:
        """Show the whole manual on one page, to read and to print."""
        context = self._whole(request, changed_parts(request.GET, self.locale_id), has_icons=True)
        return self.render(request, template="pages/whole_manual.html", context_overrides=context)

    def _whole(
        self, request: HttpRequest, changed: ChangedParts | None = None, *, has_icons: bool = False
    ) -> dict[str, Any]:
        steps = ManualStepPage.objects.child_of(self).live().order_by("path").select_related("locale")
        return whole_manual(self, list(steps), read_index(), request, changed, has_icons=has_icons)

    @path(pgettext_lazy("address of the manual as a file", "copy/html/"), name="html_file")
    def html_file(self, request: HttpRequest) -> FileResponse:
        """Send the manual as one HTML file."""
        return self._file(html_file(self._whole(request)))

    @path(pgettext_lazy("address of the manual as a PDF", "copy/pdf/"), name="pdf_file")
    def pdf_file(self, request: HttpRequest) -> HttpResponse | FileResponse:
        """Send the manual as a PDF; 503 while one is being made, 404 on a machine that cannot make one."""
        if not self.can_be_pdf:
            raise Http404
        try:
            return self._file(pdf_file(self.pk, lambda: self._whole(request)))
        except MadeLaterError:
            response = self.render(request, template="pages/manual_file_later.html")
        response.status_code = 503
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _file(self, file: BinaryIO) -> FileResponse:
        name = f"{self.slug}-{translation.get_language()}{Path(file.name).suffix}"
        return FileResponse(file, as_attachment=True, filename=name)

    @path(pgettext_lazy("address of the changes of the manual", "changes/"), name="changes")
    def changes(self, request: HttpRequest) -> HttpResponse:
        """Show what changed, the last year first; `?year=` chooses another."""
        context = changes_page(self, request.GET, read_index())
        return self.render(request, template="pages/changes.html", context_overrides=context)

    @path(pgettext_lazy("address of the feed of the manual", "changes/feed/"), name="changes_feed")
    def changes_feed(self, request: HttpRequest) -> HttpResponse:
        """Return the changes as an Atom feed."""
        return ChangesFeed()(request, manual=self)

    @property
    def can_be_pdf(self) -> bool:
        """Tell whether this machine can make the PDF."""
        return can_make_pdf()

    def language_urls(self, request: PageRequest) -> dict[str, str]:
        """Lead to the same page below the manual in each language."""
        name = request.routable_resolver_match.url_name
        return urls_below(super().language_urls(request), lambda: self.reverse_subpage(name))
