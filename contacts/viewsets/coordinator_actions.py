"""What editors do with an entry besides editing it, each on a page that asks first."""

from abc import ABC, abstractmethod
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from contacts.activation import deactivate, reactivate
from contacts.mail import queue_mail
from contacts.models import Coordinator
from contacts.sign_in import give_sign_in
from pages.models import MailKind


class CoordinatorActionView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView, ABC):
    """A page that says what will happen, and a form that makes it so."""

    model = Coordinator
    permission_required = "publish"
    form_class: type[forms.Form] = forms.Form
    template_name = "contacts/admin/coordinator_action.html"
    index_url_name = ""  # these two are given by the viewset
    edit_url_name = ""
    url_name = ""
    consequences: list[Any] = []
    submit_label: Any = ""
    refused_field: str | None = None  # beside which a refusal is told

    @cached_property
    def coordinator(self) -> Coordinator:
        """The entry that the address names."""
        return get_object_or_404(Coordinator.objects.select_related("user"), pk=self.kwargs["pk"])

    @property
    def editor(self) -> User:
        """Who does it; the admin lets in nobody without an account."""
        return cast("User", self.request.user)

    def get_page_subtitle(self) -> str:
        """Name the coordinator beside the page's title."""
        return str(self.coordinator)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list and to the entry."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": capfirst(Coordinator._meta.verbose_name_plural)},
            {"url": self.get_success_url(), "label": str(self.coordinator)},
            {"url": "", "label": self.page_title},
        ]

    def get_success_url(self) -> str:
        """Return to the entry."""
        return reverse(self.edit_url_name, args=[self.coordinator.pk])

    @abstractmethod
    def perform(self, form: forms.Form) -> None:
        """Perform the action, and tell the editor so; raise ValidationError when it cannot be done."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Perform the action, or show why it cannot be done."""
        try:
            self.perform(form)
        except ValidationError as error:
            form.add_error(self.refused_field, error)
            return self.form_invalid(form)
        return super().form_valid(form)


class SignInForm(forms.Form):
    """The address that somebody will sign in with."""

    address = forms.EmailField(
        label=_("Sign-in address"),
        max_length=150,  # of the user name, which it becomes
        help_text=_("The person's own work address. It is not published, and must not be the one that is."),
    )


class SignInView(CoordinatorActionView):
    """Give a sign-in, change its address, or send the mail again."""

    url_name = "sign_in"
    page_title = _("Invite to sign in")
    form_class = SignInForm
    consequences = [
        _("A mail tells how to sign in: with a code that is sent to this address, without any password."),
        _("The coordinator can change the entry's details, not its counties, and cannot enter this admin."),
        _("With another address than before, sign-ins and passkeys under the old one end at once."),
    ]
    submit_label = _("Save and send the mail")
    refused_field = "address"

    def get_initial(self) -> dict[str, str]:
        """Begin with the address that holds now."""
        return {"address": self.coordinator.user.email} if self.coordinator.user else {}

    def perform(self, form: forms.Form) -> None:
        """Save with the mail that tells of it; one that cannot be sent is shown on the first page of the admin."""
        user = give_sign_in(self.coordinator, form.cleaned_data["address"], by=self.editor)
        queue_mail(MailKind.INVITATION, "invitation.txt", [user.email], self.editor.email, coordinator=self.coordinator)
        messages.success(self.request, gettext("A mail about the sign-in is on its way to %s.") % user.email)


class DeactivateView(CoordinatorActionView):
    """Take a leaver's entry and sign-in away."""

    url_name = "leave"
    page_title = _("Has left")
    consequences = [
        _("The entry disappears from the site at once."),
        _("The sign-in is closed, and whoever is signed in with it is signed out."),
        _("Nobody has this person as deputy any longer, and no reminders are sent."),
        _("Personal data is deleted later by the command purge_leavers. Until then this can be undone."),
    ]
    submit_label = _("Yes, this person has left")

    def perform(self, form: forms.Form) -> None:
        """Close everything."""
        deactivate(self.coordinator, by=self.editor)
        messages.success(self.request, gettext("The entry and the sign-in of %s are closed.") % self.coordinator)


class ReactivateView(CoordinatorActionView):
    """Open a leaver's entry and sign-in again."""

    url_name = "come_back"
    page_title = _("Reopen the entry")
    consequences = [
        _("The sign-in is opened again, unless an administrator had closed it; a passkey must be made anew."),
        _("The entry stays unpublished until you have checked and published it."),
    ]
    submit_label = _("Yes, reopen it")

    def perform(self, form: forms.Form) -> None:
        """Open the sign-in."""
        reactivate(self.coordinator, by=self.editor)
        messages.success(
            self.request, gettext("The entry of %s is open again. Check and publish it.") % self.coordinator
        )
