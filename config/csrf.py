"""The answer to a form that the site cannot take for its own visitor's: what to do, and no text is lost."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from pages.written import fields_of_own_form


@never_cache
def send_again(request: HttpRequest, *, signed_out: bool) -> HttpResponse:
    """Offer to send the same once more; gives no cookie to a browser that has none."""
    context = {"fields": fields_of_own_form(request), "signed_out": signed_out}
    return render(request, "403_csrf.html", context, status=403)


def failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a request whose token is missing, old or wrong."""
    return send_again(request, signed_out=False)
