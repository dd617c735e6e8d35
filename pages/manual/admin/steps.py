"""Forms about one step of the manual: move a part to another step, bring missing parts to a translation."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from pages.manual.moving import Move, bring_missing_parts, missing_parts, move_part, planned_moves
from pages.manual.pages.step import ManualStepPage


class MovePartForm(forms.Form):
    """Which part goes where; refused where someone may not do it in every language."""

    def __init__(self, *args: Any, source: ManualStepPage, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source, self.user = source, user
        draft = source.get_latest_revision_as_object()
        others = ManualStepPage.objects.filter(locale=source.locale_id).exclude(pk=source.pk)
        self.fields["part"] = forms.ChoiceField(
            label=_("Part"), choices=[(part.id, part.value["heading"]) for part in draft.parts]
        )
        self.fields["step"] = forms.ModelChoiceField(label=_("Move it to"), queryset=others.order_by("path"))

    def clean(self) -> dict[str, Any]:
        """Look at the steps in every language that has the part."""
        cleaned: dict[str, Any] = super().clean() or {}
        if {"part", "step"} <= cleaned.keys():
            for move in planned_moves(cleaned["part"], self.source, cleaned["step"], self.user):
                for obstacle in obstacles(move, self.user):
                    self.add_error(None, obstacle)
        return cleaned


def obstacles(move: Move, user: Any) -> Iterator[str]:
    """Say what keeps someone from moving a part in one language."""
    for step in (move.source.stored, move.target.stored):
        names = {"step": step.title, "language": step.locale.get_display_name()}
        permissions, lock = step.permissions_for_user(user), step.get_lock()
        if not permissions.can_edit() or (move.is_public and not permissions.can_publish()):
            yield _("You may not publish “%(step)s” (%(language)s).") % names
        elif lock and lock.for_user(user):
            yield _("“%(step)s” (%(language)s) is locked or waits for its time.") % names
        elif step.current_workflow_state:
            yield _("“%(step)s” (%(language)s) waits for approval.") % names


class StepActionView(WagtailAdminTemplateMixin, FormView):
    """A form about one step, for those who may edit it."""

    template_name = "pages/admin/step_action.html"
    header_icon = "list-ol"
    form_class: type[forms.Form] = forms.Form
    explanation: str | Promise = ""
    button: str | Promise = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the step."""
        self.step = get_object_or_404(ManualStepPage, pk=kwargs["page_id"])
        if not self.step.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Name the step."""
        return self.step.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the step."""
        step = {"url": self.get_success_url(), "label": self.step.get_admin_display_title()}
        return [*self.breadcrumbs_items, step, {"url": "", "label": self.get_page_title()}]

    def get_success_url(self) -> str:
        """Return to the step's own form."""
        return reverse("wagtailadmin_pages:edit", args=[self.step.pk])


class MovePartView(StepActionView):
    """Moves a part to the end of another step, in every language."""

    page_title = gettext_lazy("Move a part to another step")
    form_class = MovePartForm
    explanation = gettext_lazy(
        "The part goes to the end of the other step at once, in every language, in what is published and in drafts. "
        "It keeps its permanent address."
    )
    button = gettext_lazy("Move the part")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form whose parts, and for whom."""
        return super().get_form_kwargs() | {"source": self.step, "user": self.request.user}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Move it and show the step where it is now."""
        target = form.cleaned_data["step"]
        try:
            move_part(form.cleaned_data["part"], self.step, target, self.request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        messages.success(self.request, _("The part is now last in “%(step)s”.") % {"step": target.title})
        return redirect("wagtailadmin_pages:edit", target.pk)


class BringPartsView(StepActionView):
    """Puts the parts that a translation lacks into a draft of it."""

    page_title = gettext_lazy("Bring missing parts")
    explanation = gettext_lazy("These parts of the original come to a draft, untranslated, each in its place:")
    button = gettext_lazy("Bring the parts")

    @cached_property
    def headings(self) -> list[str]:
        """The headings of the parts that are missing."""
        return [part.value["heading"] for _position, part in missing_parts(self.step)]

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Bring them and show the draft."""
        lock = self.step.get_lock()
        if lock and lock.for_user(self.request.user):
            form.add_error(None, _("The step is locked or waits for its time."))
            return self.form_invalid(form)
        count = bring_missing_parts(self.step, self.request.user)
        text = ngettext("%(count)s part came to the draft.", "%(count)s parts came to the draft.", count)
        messages.success(self.request, text % {"count": count})
        return super().form_valid(form)
