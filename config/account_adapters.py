"""What allauth asks the site about accounts and second factors, and what it lets the site say."""

from datetime import timedelta
from pathlib import PurePath
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config import encryption
from config.accounts import NOBODY, is_admin_user, is_coordinator, signed_in_recently, wide_client_network
from config.allauth_internals import clear_login
from config.sign_in import attempts_key, throttled, turned_away
from pages.models import MailKind, WaitingMail

WAIT_MINUTES = 5  # that of the rates in ACCOUNT_RATE_LIMITS
CODES_AN_HOUR = 10  # as there
TOO_MANY = format_lazy(_("Too many attempts. Wait {minutes} minutes and try again."), minutes=WAIT_MINUTES)
TOO_MANY_CODES = format_lazy(
    _("No more than {number} codes an hour are mailed to an address. Use the last one, or wait an hour."),
    number=CODES_AN_HOUR,
)

CODE_SENT = "account/messages/login_code_sent.txt"  # allauth says so whether it was or not
VALID_FOR = {
    "login_code": timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT),
    "factor_code": timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT),
    "password_reset_key": timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
}

# What has happened to an account: said on the next page and, of what makes it more or less safe, by mail.
NOTICES = {
    "password_changed": _("The password was changed."),
    "password_reset": _("The password was changed, through the link for a forgotten password."),
    "totp_activated": _("An authenticator app was added."),
    "totp_deactivated": _("The authenticator app was removed."),
    "webauthn_added": _("A passkey was added."),
    "webauthn_removed": _("A passkey was removed."),
    "recovery_codes_generated": _("Recovery codes were made. Earlier ones no longer work."),
    "logged_out": _("You are signed out."),
}


class AccountAdapter(DefaultAccountAdapter):
    """What allauth asks about accounts."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The address or the password is wrong."),
        "enter_current_password": _("That is not your password."),
        "incorrect_password": _("That is not your password."),
        "incorrect_code": _("The code is wrong. Check it and try again."),
        "account_inactive": _("This account can no longer sign in."),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "too_many_codes": TOO_MANY_CODES,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are given, not taken."""
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Turn away who is neither admin user nor coordinator, and whose code went to an address they had before."""
        has_moved = (kwargs["email"] or user.email).lower() != user.email.lower()
        if user.is_active and (has_moved or not (is_admin_user(user) or is_coordinator(user))):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """Say so on the page for signing in."""
        clear_login(request)
        turned_away.send(type(self), request=request, user=user)
        self.add_message(request, messages.ERROR, message=self.error_messages["account_inactive"])
        return redirect("account_login")

    def get_login_stages(self) -> list[str]:
        """Put our second step in the place of allauth's."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "config.sign_in.SecondFactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead coordinators to their entry, others to the admin."""
        if not is_coordinator(request.user):
            return reverse("wagtailadmin_home")
        try:
            return reverse("own_entry:entry")
        except NoReverseMatch:
            return "/koordinator/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the page with everything about the account."""
        return reverse("mfa_index")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the address in the mail: that of the site, whatever host the request named."""
        uid, _hyphen, token = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", args=[uid, token])

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask once more before a change of the second factor, unless the sign-in is fresh."""
        return super().is_reauthentication_required(app=app, **kwargs) and not signed_in_recently(self.request)

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, str]]:
        """Name the ways in our words; a coordinator's recovery codes, which allauth makes, are none."""
        words = {"mfa_reauthenticate:webauthn": gettext("Use a passkey")}
        if is_admin_user(user):
            words["reauthenticate"] = gettext("Use your password")
            words["mfa_reauthenticate"] = gettext("Use your authenticator app or a recovery code")
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": words[method["id"]]} for method in methods if method["id"] in words]

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return attempts_key(request, credentials.get("email", ""))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt, and tell when there were too many."""
        try:
            super().pre_authenticate(request, **credentials)
            if not ratelimit.consume(request, action="network_failed", key=wide_client_network(request), dry_run=True):
                raise self.validation_error("too_many_login_attempts")
        except ValidationError:
            throttled.send(type(self), request=request, address=credentials.get("email", ""))
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count it for the network too; a sign-in that works counts for nobody."""
        ratelimit.consume(request, action="network_failed", key=wide_client_network(request))

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Say on the next page what has happened; allauth's other messages only repeat the page itself."""
        if message_template == CODE_SENT and not hasattr(request, "has_code_mail"):
            self.send_mail("login_code", "", {"code": self.generate_login_code()})  # as long as for a coordinator
        message = kwargs.get("message") or NOTICES.get(PurePath(message_template or "").stem)
        if message:
            super().add_message(request, level, message=message)

    def send_notification_mail(self, template_prefix: str, user: AbstractBaseUser, *args: Any, **kwargs: Any) -> None:
        """Tell the owner of an account what has happened to it."""
        if isinstance(user, User) and user.email:
            self.send_mail("notice", user.email, {"what": NOTICES[PurePath(template_prefix).stem]})

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a text from `account/mail/`, whose first line is the subject, after the answer.

        A mail server that fails or takes its time must not tell that the address is known, nor may the work: where it
        is not, the mail is written too, to nobody. A code and a link are not sent when they have run out.
        """
        name = PurePath(template_prefix).stem
        if name == "login_code":
            self.request.has_code_mail = True
        if getattr(context.get("user"), "pk", None) == NOBODY:
            email = ""
        values = {"site_url": settings.SITE_URL, "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60, **context}
        text = render_to_string(f"account/mail/{name}.txt", values)
        WaitingMail.objects.queue(MailKind.ACCOUNT, email, text, valid_for=VALID_FOR.get(name))


class SecondFactorAdapter(DefaultMFAAdapter):
    """What allauth asks about second factors."""

    encrypt = staticmethod(encryption.encrypt)
    decrypt = staticmethod(encryption.decrypt)

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"]
    }

    def build_totp_svg(self, url: str) -> str:
        """Return the picture as a part of a page: without the declaration of a file of its own."""
        return super().build_totp_svg(url).partition("?>\n")[2]

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:  # noqa: A002
        """Suggest a name that its owner will rather replace."""
        return gettext("My passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Bind passkeys to the site's address, whatever host a request named."""
        return {"id": settings.SITE_HOST, "name": settings.WAGTAIL_SITE_NAME}
