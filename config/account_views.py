"""The account pages where the site's rules differ from allauth's."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import PasswordChangeView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import (
    DownloadRecoveryCodesView,
    GenerateRecoveryCodesView,
    ViewRecoveryCodesView,
)
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views import View

from config.account_forms import PasskeyForm
from config.accounts import client_network, is_admin_user, signed_in_recently
from config.allauth_internals import begin_registration, record_authentication
from config.audit import log


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

    def form_valid(self, form: Any) -> HttpResponse:
        """Take the code that proves the app works as the second step of this session."""
        response = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type=Authenticator.Type.TOTP)
        return response


class RemoveAuthenticatorAppPage(AdminUserPage, DeactivateTOTPView):
    """Removes the authenticator app."""


class RecoveryCodesPage(AdminUserPage, ViewRecoveryCodesView):
    """Shows the recovery codes that are left."""


class NewRecoveryCodesPage(AdminUserPage, GenerateRecoveryCodesView):
    """Makes new recovery codes."""


class RecoveryCodesFile(AdminUserPage, DownloadRecoveryCodesView):
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
        """Ask for a fresh sign-in, also of those whom allauth cannot ask."""
        if not signed_in_recently(request):
            return sign_in_again(request)
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
