"""The pages where sessions are listed and ended: one's own, and for administrators those of others."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from config.audit import actor, log, who
from config.sessions import end_other_sessions, open_sessions


def end(user: User, pk: str) -> bool:
    """End one session of an account; False where there is none with that key."""
    session = UserSession.objects.filter(user=user, pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None
    if session is None:
        return False
    session.end()
    log.info("Session ended: of %s by %s", who(user), actor())
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_sessions(request: HttpRequest) -> HttpResponse:
    """List where one is signed in, and end one or all others."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101
    if request.method == "POST":
        return _end_own(request, user)
    return render(request, "account/sessions.html", {"sessions": open_sessions(user)})


def _end_own(request: HttpRequest, user: User) -> HttpResponse:
    if "others" in request.POST:
        end_other_sessions(request, user)
        messages.success(request, _("You are signed out everywhere else."))
    elif end(user, request.POST.get("session", "")):
        messages.success(request, _("That sign-in is ended."))
    if not request.session.exists(request.session.session_key or ""):  # it was one's own
        logout(request)
        return redirect("account_login")
    return redirect("account_sessions")


class UserSessionsView(PermissionCheckedMixin, WagtailAdminTemplateMixin, View):
    """Where a user is signed in, for administrators, who may end each."""

    permission_policy = ModelPermissionPolicy(User)
    permission_required = "change"
    page_title = _("Sign-ins")
    header_icon = "user"
    template_name = "account/admin_sessions.html"

    @cached_property
    def owner(self) -> User:
        """Return the user; 404 where there is none."""
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Name the user."""
        return self.owner.email

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the users."""
        users = {"url": reverse("wagtailusers_users:index"), "label": _("Users")}
        return [*self.breadcrumbs_items, users, {"url": "", "label": self.page_title, "sublabel": self.owner.email}]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """List them."""
        return self.render_to_response(self.get_context_data(owner=self.owner, sessions=open_sessions(self.owner)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End one, or all."""
        keys = [request.POST.get("session", "")]
        if "all" in request.POST:
            keys = [str(session.pk) for session in open_sessions(self.owner)]
        ended = sum(end(self.owner, key) for key in keys)
        if ended:
            messages.success(request, _("The sign-in is ended."))
        return redirect("user_sessions", pk)
