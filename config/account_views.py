"""The account pages where the site's rules differ from allauth's."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import ConfirmLoginCodeView, PasswordChangeView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import (
    DownloadRecoveryCodesView,
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views import View
from django.views.generic import FormView

from config.account_forms import PasskeyForm
from config.accounts import client_network, is_admin_user, signed_in_recently
from config.allauth_internals import begin_registration, record_authentication
from config.audit import log
from config.mail_confirmation import must_confirm, to_confirmation
from config.sign_in import throttle_code


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Ask those who are signed in to show once more who they are, and lead back to the page they asked for.

    Who has neither password nor passkey is signed out and gets a new code.
    """
    methods = get_adapter().get_reauthentication_methods(request.user)
    target = methods[0]["url"] if methods else reverse("account_request_login_code")
    if not methods:
        logout(request)
    return redirect(f"{target}?{urlencode({'next': request.get_full_path()})}")


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Lead to the page with everything about the account."""
    return redirect("mfa_index")


@method_decorator(login_required, name="dispatch")
class AdminUserPage(View):
    """Not there for coordinators, who have no password and need no second factor."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer admin users only."""
        if not is_admin_user(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class PasswordPage(AdminUserPage, PasswordChangeView):
    """Changes the password; who has none chooses one through a mail."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead on who has none."""
        if is_admin_user(request.user) and not request.user.has_usable_password():
            return redirect("account_reset_password")
        return super().dispatch(request, *args, **kwargs)


class AuthenticatorAppPage(AdminUserPage, ActivateTOTPView):
    """Adds an authenticator app."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for a fresh sign-in, as allauth does, then before the first factor for a code by mail."""
        if is_admin_user(request.user) and signed_in_recently(request) and must_confirm(request):
            return to_confirmation(request)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Take the code that proves the app works as the second step of this session."""
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type=Authenticator.Type.TOTP)
        return response


class RemoveAuthenticatorAppPage(AdminUserPage, DeactivateTOTPView):
    """Removes the authenticator app."""


class ConfirmCodePage(ConfirmLoginCodeView):
    """Takes the code of a mail, and mails another."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Count the mails that are asked for here with those of the page before."""
        if request.POST.get("action") == "resend":
            try:
                throttle_code(request, self._process.state["email"])
            except ValidationError as error:
                messages.error(request, error.message)
                return redirect(request.get_full_path())
        return super().post(request, *args, **kwargs)


class MadeCodesPage(AdminUserPage):
    """Needs the key of the recovery codes that were made."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Lead to the page that makes new codes where these cannot be read."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except ValidationError as error:
            messages.error(request, error.message)
            return redirect("mfa_generate_recovery_codes")


class RecoveryCodesPage(MadeCodesPage, ViewRecoveryCodesView):
    """Shows the recovery codes that are left."""


class NewRecoveryCodesPage(AdminUserPage, GenerateRecoveryCodesView):
    """Makes new recovery codes."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Leave out how many of the old codes are left, which allauth cannot say where they cannot be read."""
        return FormView.get_context_data(self, **kwargs)


class RecoveryCodesFile(MadeCodesPage, DownloadRecoveryCodesView):
    """The recovery codes that are left, as a text file."""


class PasskeySignInPage(LoginWebAuthnView):
    """Signs in with a passkey."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Log it: allauth tells of wrong codes alone. Whose passkey it says to be is not proven."""
        log.warning("Wrong passkey: from %s", client_network(self.request))
        return super().form_invalid(form)


@method_decorator(login_required, name="dispatch")
class AddPasskeyPage(AddWebAuthnView):
    """Adds a passkey that can sign in alone: kept by the device, which asks who holds it."""

    form_class = PasskeyForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for a fresh sign-in, also of those whom allauth cannot ask; before the first factor for a code."""
        if not signed_in_recently(request):
            return sign_in_again(request)
        if must_confirm(request):
            return to_confirmation(request)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer the device what a passkey needs, where allauth offers what a second step needs."""
        context = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": begin_registration(self.request.user, passwordless=True)}
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        """Take the new passkey as the second step of this session."""
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type=Authenticator.Type.WEBAUTHN)
        return response

    def get_success_url(self) -> str:
        """Show admin users their recovery codes the first time."""
        return super().get_success_url() if is_admin_user(self.request.user) else reverse("mfa_index")
