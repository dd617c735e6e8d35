"""Wagtail's views of pages, where they would let an editor write over another's text, or take too much down, unseen."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.listing import ExplorableIndexView, GenericPageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, Revision
from wagtail.query import PageQuerySet

from pages.admin.page_search import PageSearchView
from pages.admin.removal import PageDeleteView, PageUnpublishView


class PageEditView(EditView):
    """The form of a page, which is not saved over what somebody else saved since it was opened.

    Wagtail refuses an outdated form only where its script saves by itself, not when a button is pressed.
    """

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> HttpResponse:
        """Let the second of two who save at once wait, and see what the first has saved."""
        if request.method == "POST":
            Page.objects.select_for_update().filter(pk=page_id).first()
        return super().dispatch(request, page_id, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, or refuse an outdated form once: the answer has its text, and who saves that has seen the other."""
        if self.expects_json_response or not self.is_out_of_date:
            return super().post(request, *args, **kwargs)
        self.form = self.form_class(
            request.POST,
            request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=request.user,
        )
        self.form.defer_required_fields()
        self.form.is_valid()
        self.form.restore_required_fields()
        self.has_unsaved_changes = True
        self.autosave_enabled = False  # it would save over the other's text before anybody has looked
        see = messages.button(
            reverse("wagtailadmin_pages:view_draft", args=[self.page.pk]), _("See what was saved"), new_window=True
        )
        messages.error(request, conflict_message(self.latest_revision), buttons=[see])
        return self.render_to_response(self.get_context_data())


def conflict_message(other: Revision) -> str:
    """Say that a form was not saved, and who has saved meanwhile."""
    message = _("Not saved: %(who)s saved this page %(when)s, after you had opened it. Look, then save again.")
    who = other.user.get_full_name() or other.user.get_username() if other.user else _("somebody else")
    return message % {"who": who, "when": formats.date_format(timezone.localtime(other.created_at), "DATETIME_FORMAT")}


class PageFilterSet(GenericPageFilterSet):
    """What a list of pages can be narrowed by: not by the site, of which there is one, nor by who once made a page.

    Beside the field of whoever keeps a page right, "owner" would mean two things.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.filters["site"], self.filters["owner"]


class PageIndexView(ExplorableIndexView):
    """The list of the pages below a page.

    Wagtail's asks the database for rows that no line shows, which is noticed where the pages are of many types.
    """

    # Taken out of the table again after the parents have been read.
    base_columns = [column for column in ExplorableIndexView.base_columns if column.name != "parent"]

    def annotate_queryset(self, pages: PageQuerySet) -> PageQuerySet:
        """Read what a line shows, and what its buttons ask of every page."""
        pages = pages.defer_streamfields().specific().prefetch_workflow_states()
        return pages.annotate_has_untranslated_locale().annotate_site_root_state().annotate_approved_schedule()


class SitePageViewSet(PageViewSet):
    """The views of every page."""

    model = Page
    index_view_class = PageIndexView
    filterset_class = PageFilterSet
    edit_view_class = PageEditView
    unpublish_view_class = PageUnpublishView
    delete_view_class = PageDeleteView
    search_view_class = PageSearchView
