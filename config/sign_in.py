"""The steps of signing in where the site's rules differ from allauth's: limits on attempts, password, second factor."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from allauth.mfa.stages import AuthenticateStage
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse

from config.accounts import accounts_or_nobody, client_network, is_admin_user, wide_client_network

throttled = Signal()  # with `request` and the `address` that was given
turned_away = Signal()  # with `request` and `user`


def throttle(request: HttpRequest, action: str, address: str) -> None:
    """Count an attempt for an account from a network, and from the network; raise ValidationError when too many."""
    if not (
        ratelimit.consume(request, action="network_mail", key=wide_client_network(request))
        and ratelimit.consume(request, action=action, key=attempts_key(request, address))
    ):
        throttled.send(throttle, request=request, address=address)
        raise get_adapter().validation_error("too_many_login_attempts")


def throttle_code(request: HttpRequest, address: str) -> None:
    """Count a mail with a code, from a network and in all; raise ValidationError when there were too many."""
    throttle(request, "request_login_code", address)
    if not ratelimit.consume(request, action="code_mail", key=address.lower()):
        throttled.send(throttle_code, request=request, address=address)
        raise get_adapter().validation_error("too_many_codes")


def attempts_key(request: HttpRequest, address: str) -> str:
    """Return under what the attempts for an account from a network are counted."""
    return f"{address.lower()} {client_network(request)}"


class PasswordBackend(ModelBackend):
    """Accepts the password of admin users only."""

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest | None, email: str | None = None, password: str | None = None, **others: Any
    ) -> User | None:
        """Return the account whose address and password these are."""
        if not email or not password:
            return None
        admin_users = [user for user in accounts_or_nobody(email) if is_admin_user(user)]
        if not admin_users:
            get_user_model()().set_password(password)  # as long as checking one, so that time tells nothing
        return next((user for user in admin_users if user.check_password(password)), None)


class SecondFactorStage(AuthenticateStage):
    """Asks admin users for the second factor; to coordinators a passkey is another way, not one more step."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        """Return the page that asks, None where nothing is asked, and whether the sign-in goes on."""
        return super().handle() if is_admin_user(self.login.user) else (None, True)
