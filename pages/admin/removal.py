"""Taking a page down: what goes with it, what its address says afterwards, and whether its versions go too."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from pages.removed.keeping import explain_removed
from pages.removed.models import RemovedPage
from pages.versions.withdrawal import may_take_down, withdraw_all

REASON = RemovedPage._meta.get_field("reason")
REPLACED_BY = RemovedPage._meta.get_field("replaced_by")


class RemovalForm(forms.Form):
    """What is told where the page was."""

    reason = forms.CharField(
        label=REASON.verbose_name,
        max_length=REASON.max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=REASON.help_text,
    )
    replaced_by = forms.ModelChoiceField(
        Page.objects.all(),
        label=REPLACED_BY.verbose_name,
        required=False,
        widget=AdminPageChooser,
        help_text=REPLACED_BY.help_text,
    )
    withdraw = forms.BooleanField(
        label=gettext_lazy("Take down earlier versions too"),
        required=False,
        help_text=gettext_lazy(
            "For what nobody must read, such as a name: the stored texts are deleted for good. Say why above."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason, which stands in place of withdrawn versions."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("withdraw") and not cleaned.get("reason"):
            self.add_error("reason", _("Say why the version is withdrawn."))
        return cleaned


class TakesDown:
    """A view that asks before it takes pages down."""

    request: HttpRequest

    @cached_property
    def removal(self) -> RemovalForm:
        """The form, filled in when it was sent."""
        return RemovalForm(self.request.POST if self.request.method == "POST" else None)

    def follow_up(self, page_ids: set[int]) -> None:
        """Do what the form asks for, once the pages are down."""
        asked = self.removal.cleaned_data
        explain_removed(page_ids, asked["reason"], asked["replaced_by"])
        if asked["withdraw"]:
            withdraw_all(page_ids, self.request.user, asked["reason"])


class PageUnpublishView(TakesDown, UnpublishView):
    """Unpublishes a page, and perhaps those below it."""

    template_name = "pages/admin/confirm_unpublish.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Unpublish, then say why."""
        if not self.removal.is_valid():
            return self.render_to_response(self.get_context_data())
        went = {page.pk for page in self.objects_to_unpublish}
        if request.POST.get("include_descendants"):
            went |= {pk for page in self.objects_to_unpublish for pk in _below(page)}
        response = super().post(request, *args, **kwargs)
        self.follow_up(went)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form."""
        return super().get_context_data(**kwargs) | {"removal": self.removal}


class PageDeleteView(TakesDown, DeleteView):
    """Deletes a page with all below it, which is named first."""

    template_name = "pages/admin/confirm_delete.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Delete, then say why where readers could read it."""
        if self.asks and not self.removal.is_valid():
            return self.render_to_response(self.get_context_data())
        went = {pk for page in self.pages_to_delete for pk in (page.pk, *_below(page))}
        asks = self.asks  # while the pages are there
        response = super().post(request, *args, **kwargs)
        if asks and response.status_code == 302 and not Page.objects.filter(pk=self.page.pk).exists():
            self.follow_up(went)
        return response

    @cached_property
    def asks(self) -> bool:
        """Whether readers know what goes, and the user may take it from them."""
        was_published = self.page.get_descendants(inclusive=True).filter(first_published_at__isnull=False).exists()
        return was_published and may_take_down(self.request.user, self.page.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what goes with the page, and the form."""
        below = self.page.get_descendants().order_by("path")
        return super().get_context_data(**kwargs) | {
            "below": [(page, page.depth - self.page.depth - 1) for page in below],
            "removal": self.removal if self.asks else None,
        }


def _below(page: Page) -> list[int]:
    return list(page.get_descendants().values_list("pk", flat=True))
