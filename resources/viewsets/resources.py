"""Publications in the admin: with drafts and revisions, and with what keeps their files from being read."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm, FileInput
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    PublishingPanel,
)
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from pages.admin.listing import SwedishSearchIndexView
from pages.languages import localized_fields
from pages.review.forms import review_panel
from resources.models.files import ResourceFile
from resources.models.resources import Resource
from resources.uploads import UnreadableFileError, refuse_unreadable
from resources.viewsets.file_rows import FilesPanel
from resources.viewsets.files import DraftFileView


class TakesFiles:
    """A form that tells at once what keeps an uploaded file from being read by everybody, and takes it all the same."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Leave saving to the editor: each save by itself would upload the chosen file again."""
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        self.autosave_enabled = False

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Save, then flag the new files."""
        response = super().form_valid(form)  # type: ignore[misc]
        for row in form.formsets["files"].forms:  # type: ignore[attr-defined]
            if "file" in row.changed_data and (faults := self.faults(row.instance)):
                told = {"name": row.cleaned_data["file"].name, "faults": " ".join(map(str, faults))}
                messages.warning(self.request, gettext("“%(name)s” is saved, but: %(faults)s") % told)  # type: ignore[attr-defined]
        return response

    @staticmethod
    def faults(row: ResourceFile) -> list[str | Promise]:
        """Return what keeps the file from being read by everybody, and why it cannot be opened, where it cannot."""
        try:
            refuse_unreadable(row)
        except UnreadableFileError as refusal:
            return [refusal.summary, gettext("It cannot be published like this.")]
        return [*row.faults]


class ResourceCreateView(TakesFiles, CreateView):
    """The form of a new publication."""


class ResourceEditView(TakesFiles, EditView):
    """The form of a publication."""


class ResourceViewSet(SnippetViewSet):
    """Publications, with drafts and revisions."""

    model = Resource
    icon = "doc-full"
    index_view_class = SwedishSearchIndexView
    add_view_class = ResourceCreateView
    edit_view_class = ResourceEditView
    copy_view_enabled = False  # a copy would have the addresses of the other's files
    search_backend_name = None
    search_fields = [*localized_fields("title"), "publisher"]
    list_display = ["title", "kind", "audience", "date", UpdatedAtColumn()]
    list_filter = ["kind", "audience", "topics", "live"]
    list_per_page = 50
    panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in localized_fields("title", "summary")],
            heading=_("What it is"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("audience")]),
                FieldRowPanel([FieldPanel("publisher"), FieldPanel("date")]),
                FieldPanel("topics"),
                FieldPanel("is_example"),
            ],
            heading=_("How it is found"),
        ),
        FilesPanel(
            "files",
            [
                FieldPanel("language"),
                FieldPanel("title"),
                FieldPanel("file", widget=FileInput),  # what is there already is told by the panel below
                HelpPanel(template="resources/admin/file_facts.html"),
                FieldPanel("link"),
                FieldPanel("text"),
            ],
            heading=_("Files and links"),
            label=_("File or link"),
            min_num=1,
        ),
        FieldPanel("related_pages"),
        review_panel(),
        PublishingPanel(),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return every publication, the newest first."""
        return Resource.objects.order_by("-date", "-pk")

    def get_urlpatterns(self) -> list[URLPattern]:
        """Add the files of drafts."""
        view = self.construct_view(DraftFileView)
        return [*super().get_urlpatterns(), path("file/<int:pk>/<slug:code>/", view, name="file")]
