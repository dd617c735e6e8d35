"""Who is signed in where: noted once a minute, ended by hand, by a change of the factors, or when nothing happens."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from config.accounts import is_admin_user
from config.csrf import send_again
from pages.networks import wide_network_of
from pages.written import fields_of_own_form

INACTIVITY = timedelta(hours=2)  # after which an admin user is signed out
NOTED_EVERY = timedelta(minutes=1)  # a request that only reads seldom waits for the one writer of SQLite
# What an open editor asks by itself, whether anybody sits before it or not. Autosave is none of it: it comes of typing.
BY_ITSELF = ("/admin/editing-sessions/",)
OWN_PAGE = re.compile(r"/(admin|koordinator|([a-z]{2,3}/)?konto)/")
WRITTEN_IN = ("/admin/", "/koordinator/")
# In the user agent, the first that is found; each stands for itself when it is read again.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Opera": "Opera",
    "FxiOS": "Firefox",
    "Firefox": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Mac", "CrOS", "Linux")


def track_sessions(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Note that a session is in use, and end one of an admin user in which nothing has happened for two hours."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # On readers' pages nobody looks for a session: an old cookie would be taken away with another.
        is_own = OWN_PAGE.match(request.path_info)
        if is_own and request.session.session_key and request.user.is_authenticated:
            _note(request)
        if _is_written_signed_out(request):
            return send_again(request, signed_out=True)
        return get_response(request)

    return middleware


def _note(request: HttpRequest) -> None:
    session = UserSession.objects.filter(session_key=request.session.session_key).first()
    if session is None:  # one from before sessions were listed
        UserSession.objects.create_from_request(request)
        return
    unused = timezone.now() - session.last_seen_at
    if timezone.now() - session.created_at > timedelta(seconds=settings.SESSION_COOKIE_AGE):
        session.end()
        logout(request)  # each change of what a session holds makes Django's own time begin anew
    elif unused > INACTIVITY and is_admin_user(request.user):
        session.end()
        logout(request)
        messages.info(request, _("You were signed out because nothing had happened for two hours."))
    elif unused > NOTED_EVERY and not request.path_info.startswith(BY_ITSELF):
        UserSession.objects.filter(pk=session.pk).update(last_seen_at=timezone.now())


def _is_written_signed_out(request: HttpRequest) -> bool:
    """Tell whether a signed-out browser sends what somebody wrote, which the way to the sign-in page would lose.

    The cookie of the session says nothing of it: what an open editor asks by itself has had it deleted by then.
    """
    is_written = request.method == "POST" and request.path_info.startswith(WRITTEN_IN)
    return is_written and request.user.is_anonymous and bool(fields_of_own_form(request))


def open_sessions(user: Any) -> list[UserSession]:
    """Return the sessions of an account, the last used first; what is over is deleted on the way."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda session: session.last_seen_at, reverse=True)


def end_other_sessions(request: HttpRequest, user: User) -> int:
    """End the sessions of an account but for that of the request; return how many."""
    others = UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key)
    for session in others:
        session.end()
    return len(others)


def browser_in_words(user_agent: str) -> str:
    """Return the names of a browser and its system, as far as they are known."""
    browser = next((name for sign, name in BROWSERS.items() if sign in user_agent), "")
    system = next((name for name in SYSTEMS if name in user_agent), "")
    return ", ".join(filter(None, (browser, system)))


@receiver(pre_save, sender=UserSession)
def _keep_little(sender: Any, instance: UserSession, **kwargs: Any) -> None:
    """Keep of the address the network, of the browser its name: enough to know one's own session by."""
    instance.ip = wide_network_of(instance.ip).partition("/")[0]
    instance.user_agent = browser_in_words(instance.user_agent)


@receiver(account.password_changed)
@receiver(mfa.authenticator_added)
@receiver(mfa.authenticator_reset)
@receiver(mfa.authenticator_removed)
def _factors_changed(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """End what may have been opened by somebody else with what was good until now."""
    end_other_sessions(request, user)
