"""Who adds the first factor shows by a code from the mail that the account is theirs: a stolen password is not enough.

A sign-in with a code by mail has shown it already, for a quarter of an hour.
"""

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from config.accounts import authentication_records
from config.allauth_internals import record_authentication
from config.sign_in import throttle_code
from pages.keyed_hashes import keyed_hashes

MAILED = "factor_code"  # in the session: when a code was mailed, its hash, and how often another was written
MAX_WRONG = 3


class CodeForm(forms.Form):
    """Asks for the code of the mail."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )


def must_confirm(request: HttpRequest) -> bool:
    """Tell whether the account has no factor yet and its owner has not shown lately that they read its mail."""
    if Authenticator.objects.filter(user_id=request.user.pk).exists():
        return False
    since = time.time() - settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
    assert isinstance(request.user, User)  # noqa: S101
    address = request.user.email.lower()
    by_mail = (record for record in authentication_records(request) if record["method"] == "code")
    return not any(record["at"] > since and record.get("email", "").lower() == address for record in by_mail)


def to_confirmation(request: HttpRequest) -> HttpResponse:
    """Lead to the page that asks for the code, and from there back to the page that was asked for."""
    return redirect(f"{reverse('account_confirm_address')}?{urlencode({'next': request.get_full_path()})}")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest) -> HttpResponse:
    """Mail a code to the account's own address, and take it."""
    assert isinstance(request.user, User)  # noqa: S101
    if not must_confirm(request):
        return redirect(_next(request))
    if request.method == "POST" and "code" not in request.POST:
        return _mail(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and (answer := _take(request, form)):
        return answer
    context = {"form": form, "is_mailed": _mailed(request) is not None, "address": request.user.email}
    return render(request, "account/confirm_address.html", context)


def _mail(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)  # noqa: S101
    try:
        throttle_code(request, user.email)
    except ValidationError as error:
        messages.error(request, error.message)
        return redirect(request.get_full_path())
    code = get_adapter().generate_login_code()
    request.session[MAILED] = {"at": time.time(), "hash": _hashes(code, user)[0], "wrong": 0}
    get_adapter().send_mail("factor_code", user.email, {"code": code})
    return redirect(request.get_full_path())


def _take(request: HttpRequest, form: CodeForm) -> HttpResponse | None:
    mailed, user = _mailed(request), request.user
    assert isinstance(user, User)  # noqa: S101
    if mailed is None:
        messages.error(request, _("That code is too old. Get a new one."))
        return redirect(request.get_full_path())
    hashes = _hashes(form.cleaned_data["code"], user) if form.is_valid() else []
    if any(constant_time_compare(hashed, mailed["hash"]) for hashed in hashes):
        del request.session[MAILED]
        record_authentication(request, user, "code", email=user.email)
        return redirect(_next(request))
    mailed["wrong"] += 1
    request.session[MAILED] = mailed
    if mailed["wrong"] >= MAX_WRONG:
        del request.session[MAILED]
        messages.error(request, _("The code was wrong three times and is no longer valid. Get a new one."))
        return redirect(request.get_full_path())
    if form.is_valid():
        form.add_error("code", get_adapter().error_messages["incorrect_code"])
    return None


def _mailed(request: HttpRequest) -> dict[str, Any] | None:
    mailed = request.session.get(MAILED)
    is_valid = mailed and time.time() - mailed["at"] < settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
    return mailed if is_valid else None


def _hashes(code: str, user: User) -> list[str]:
    """Return what the session may hold of a code, whatever its case and hyphens; another address makes it worthless."""
    letters = "".join(filter(str.isalnum, code)).upper()
    return keyed_hashes(MAILED, f"{user.pk} {user.email.lower()} {letters}")


def _next(request: HttpRequest) -> str:
    target = request.GET.get("next", "")
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else reverse("mfa_index")
