"""What is refused everywhere, and the way into the admin."""

import re
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from config.account_views import sign_in_again
from config.accounts import has_second_factor, is_admin_user, signed_in_recently
from pages.render_context import reading_once

READING_METHODS = ("GET", "HEAD")
METHODS = (*READING_METHODS, "POST")
# Wagtail removes what it kept for a preview, and keeps what a user has put away.
OTHER_METHODS = {"DELETE": re.compile("^/admin/.*/preview/"), "PATCH": re.compile("^/admin/dismissibles/$")}

ADMIN = "/admin/"
DIGITS = re.compile("[0-9]+")
# Wagtail's forms take it that these are there.
NEEDED = {
    f"{ADMIN}choose-external-link/": {"external-link-chooser-url"},
    f"{ADMIN}redirects/import/process/": {"import_file_name", "input_format"},
}
ROW_COUNTS = ("-count", "-TOTAL_FORMS", "-INITIAL_FORMS")  # written by scripts, never by hand
# Who may do what is decided here.
ACCOUNTS_IN_ADMIN = (
    *(f"{ADMIN}{part}/" for part in ("users", "groups", "bulk/auth")),
    *(f"{ADMIN}snippets/contacts/coordinator/{action}/" for action in ("sign-in", "leave", "come-back")),
)


def refuse_other_methods(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 405 to whatever is not GET, HEAD or POST, but for the two others that Wagtail's scripts use."""

    def middleware(request: HttpRequest) -> HttpResponse:
        other = OTHER_METHODS.get(request.method or "")
        if request.method in METHODS or (other and other.search(request.path_info)):
            return get_response(request)
        return HttpResponseNotAllowed(_methods_at(request.path_info))

    return middleware


def read_once(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Let a request that changes nothing read once what several parts of its page show."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in READING_METHODS:
            return get_response(request)
        with reading_once():
            return get_response(request)

    return middleware


def _methods_at(path: str) -> tuple[str, ...]:
    """Return what an address answers; what is not there is taken for a page with a form."""
    with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            return getattr(resolve(path).func, "methods", METHODS)
        except Resolver404:
            return METHODS


def refuse_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 404 for a path with a NUL character, which PostgreSQL refuses with an error."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            raise Http404
        return get_response(request)

    return middleware


def require_second_factor(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let nobody into the admin without access to it and, on a live site, a second factor in the session.

    By path, so that it holds for whatever is below: pages, API, previews, uploads, and what is not there.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        # Wagtail leads those who are not signed in to the account pages.
        if not request.path_info.startswith(ADMIN) or request.user.is_anonymous:
            return get_response(request)
        if not is_admin_user(request.user):
            raise PermissionDenied
        if settings.SITE_LIVE and not has_second_factor(request):
            return _to_second_factor(request)
        if request.path_info.startswith(ACCOUNTS_IN_ADMIN) and not signed_in_recently(request):
            return sign_in_again(request)
        return get_response(request)

    return middleware


def _to_second_factor(request: HttpRequest) -> HttpResponse:
    methods = get_adapter().get_reauthentication_methods(request.user)
    second = next((method["url"] for method in methods if method["id"].startswith("mfa_")), None)
    if second:
        return redirect(f"{second}?{urlencode({'next': request.get_full_path()})}")
    messages.warning(request, _("The admin needs a second step at sign-in. Add one here first."))
    return redirect("mfa_index")


def refuse_broken_forms(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer 400 in the admin, where Wagtail answers 500, to rows that are counted in anything but digits.

    So it does to a form without the fields that it must have. Any other that is missing is seen to by
    `AdminAtomicMiddleware`.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(ADMIN) and request.method == "POST":
            if missing := NEEDED.get(request.path_info, set()) - request.POST.keys():
                raise SuspiciousOperation(f"The form lacks {', '.join(sorted(missing))}.")
            for name, value in request.POST.items():
                if name.endswith(ROW_COUNTS) and not DIGITS.fullmatch(str(value)):
                    raise SuspiciousOperation(f"{name} is no number.")
        return get_response(request)

    return middleware


class AdminAtomicMiddleware:
    """Let a change in the admin be saved as a whole, with the site version that tells of it, or not at all.

    Wagtail saves some things outside a transaction. Not by ATOMIC_REQUESTS, which would let every reader
    wait for the one writer of SQLite. A view that is marked for that setting sees to its transactions itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Call the view in Django's place."""
        is_marked = hasattr(view, "_non_atomic_requests")  # by django.db.transaction.non_atomic_requests
        if not request.path_info.startswith(ADMIN) or request.method in READING_METHODS or is_marked:
            return None
        try:
            with transaction.atomic():
                return view(request, *args, **kwargs)
        except MultiValueDictKeyError as missing:  # read without asking whether it is there
            raise SuspiciousOperation(f"The form lacks {missing}.") from missing


class CompressionMiddleware(GZipMiddleware):
    """Compress answers, but for files that are handed out in parts: there each byte has its place."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.headers.get("Accept-Ranges") == "bytes":
            return response
        return super().process_response(request, response)


class PathLanguageMiddleware(LocaleMiddleware):
    """Take the language from the path alone.

    Django's own, with an unprefixed default language, does so too but still says
    `Vary: Accept-Language`, which would keep pages from being stored once for everybody.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
