"""The answer to a form that the site cannot take for its own visitor's: what to do, and no text is lost."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from pages.refusals import refused_json, wants_json
from pages.written import fields_of_own_form


@never_cache
def send_again(request: HttpRequest, *, signed_out: bool) -> HttpResponse:
    """Offer to send the same once more; gives no cookie to a browser that has none.

    An editor's script is told what it needs to go on, whose text is still in the form.
    """
    if wants_json(request):
        return _tell_script(request, signed_out=signed_out)
    context = {"fields": fields_of_own_form(request), "signed_out": signed_out}
    return render(request, "403_csrf.html", context, status=403)


def failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a request whose token is missing, old or wrong."""
    return send_again(request, signed_out=False)


def _tell_script(request: HttpRequest, *, signed_out: bool) -> HttpResponse:
    if signed_out:
        message = _("You are signed out. Your text is still here: sign in in a new tab, then come back and go on.")
        way = {"url": reverse("account_login"), "link": _("Sign in in a new tab")}
        return refused_json("signed_out", message, **way)
    return refused_json("old_token", _("The page was opened before you last signed in."), token=get_token(request))
