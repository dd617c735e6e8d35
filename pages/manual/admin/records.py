"""What stays and is never deleted: parts and pages that were removed, versions as they were published."""

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import EditView, SnippetViewSet, SnippetViewSetGroup

from pages.admin.policies import PublishersPolicy
from pages.manual.index import ManualIndex
from pages.manual.models.parts import ManualPart
from pages.manual.pages.step import read_index
from pages.removed.models import RemovedPage
from pages.versions.models import PublishedVersion
from pages.versions.withdrawal import may_take_down, withdraw

register_permission_policy(ManualPart, PublishersPolicy(ManualPart))
register_permission_policy(RemovedPage, PublishersPolicy(RemovedPage))
register_permission_policy(PublishedVersion, PublishersPolicy(PublishedVersion))


class ReplacementField(forms.ModelChoiceField):
    """A choice of the parts that readers can read, by number and heading."""

    index: ManualIndex

    def label_from_instance(self, part: ManualPart) -> str:
        """Name a part as the manual does."""
        found = self.index.part(part.code)
        return f"{found.number} {found.heading}" if found else part.code


class RemovedPartForm(WagtailAdminModelForm):
    """Offers the published parts in the order of the manual."""

    replaced_by = ReplacementField(
        queryset=ManualPart.objects.none(),
        required=False,
        label=_("replaced by"),
        help_text=_("What its permanent address offers to read instead."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("ReplacementField", self.fields["replaced_by"])
        field.index = read_index()
        field.queryset = ManualPart.objects.in_manual().exclude(pk=self.instance.pk)


class RemovedPartViewSet(SnippetViewSet):
    """Parts that readers can read no more, at least in the default language, to which the others fall back."""

    model = ManualPart
    icon = "bin"
    menu_label = _("Removed parts")
    list_display = ["headings", "languages", "code", "replacement"]
    copy_view_enabled = False
    add_to_reference_index = False
    edit_handler = ObjectList(
        [HelpPanel(template="pages/admin/removed_part.html"), FieldPanel("replaced_by")],
        base_form_class=RemovedPartForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ManualPart]:
        """Leave out the parts whose every permanent address leads to them."""
        return ManualPart.objects.removed().with_headings()


class WithdrawalForm(WagtailAdminModelForm):
    """Asks why a version is withdrawn, and withdraws it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True

    def save(self, commit: bool = True) -> PublishedVersion:
        """Take the text away."""
        withdraw(self.instance, self.for_user, self.cleaned_data["reason"])
        return self.instance


class OfOwnPagesView(EditView):
    """A form about what was on a page, for those who may publish that page."""

    def get_object(self, queryset: Any = None) -> Any:
        """Refuse what was on pages of others: Wagtail asks for the right to any page."""
        row = super().get_object(queryset)
        if not may_take_down(self.request.user, row.page_id):
            raise PermissionDenied
        return row


class PublishedVersionViewSet(SnippetViewSet):
    """Versions as they were published. Who may publish a page withdraws one, with a reason that readers see."""

    model = PublishedVersion
    icon = "history"
    list_display = ["title", "locale", "published_at", "withdrawn_on"]
    list_filter = ["locale", "withdrawn_on"]
    search_fields = ["title"]
    edit_view_class = OfOwnPagesView
    copy_view_enabled = False
    add_to_reference_index = False
    edit_handler = ObjectList(
        [HelpPanel(template="pages/admin/published_version.html"), FieldPanel("reason")],
        base_form_class=WithdrawalForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[PublishedVersion]:
        """Leave out the texts, which the list does not show."""
        return PublishedVersion.objects.select_related("locale").defer("body")


class RemovedPageViewSet(SnippetViewSet):
    """Pages that were unpublished or deleted, with what their old addresses say."""

    model = RemovedPage
    icon = "bin"
    list_display = ["title", "locale", "removed_at", "reason", "replaced_by"]
    list_filter = ["locale"]
    search_fields = ["title"]
    edit_view_class = OfOwnPagesView
    copy_view_enabled = False
    panels = [FieldPanel("reason"), FieldPanel("replaced_by")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[RemovedPage]:
        """Read what the list shows. One query."""
        return RemovedPage.objects.select_related("locale", "replaced_by")


class RecordsViewSetGroup(SnippetViewSetGroup):
    """Removed parts and pages, and published versions, as one entry of the admin's menu."""

    items = (RemovedPartViewSet, RemovedPageViewSet, PublishedVersionViewSet)
    menu_icon = "history"
    menu_label = _("Kept for readers")
    menu_order = 195
