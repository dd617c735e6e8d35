"""A form for something new makes one thing, however often it is sent.

Wagtail's autosave sends it again when the answer was lost on the way, and a button may be pressed before the answer to
the first autosave is there; each would make a page or an entry of its own.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from pages.admin.models import SentForm
from pages.refusals import refused_json, wants_json

KEY = "form-key"
MADE = "made_page"  # of a request
KEPT = timedelta(days=2)  # longer than a session
View = Callable[..., HttpResponse]


def add_once(view: View) -> View:
    """Take a form that was taken before for a change of what it has made."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        match = request.resolver_match
        key = request.GET.get(KEY, "")[:40] if request.method == "POST" and match and match.url_name == "add" else ""
        if not key or request.user.is_anonymous:
            return view(request, *args, **kwargs)
        digest = _digest(request)
        # Of two at once the second waits here: the middleware began a transaction.
        sent, is_first = SentForm.objects.get_or_create(key=key, user=request.user, defaults={"digest": digest})
        if sent.answer and not sent.location:
            return _change(request, sent)
        if not is_first and wants_json(request):
            return refused_json("sent", _("This form has been sent. Reload the page to see what came of it."))
        if sent.location and sent.digest == digest:
            return redirect(sent.location)
        if sent.answer and request.POST.get("slug") == sent.answer["slug"]:
            return _change(request, sent)  # written on after the answer to a pressed button was lost
        return _note(view(request, *args, **kwargs), sent, digest, getattr(request, MADE, None))

    return wrapped


@hooks.register("after_create_page")
def remember_page(request: HttpRequest, page: Page) -> None:
    """Tell `add_once` what a form has made: a pressed button leads elsewhere."""
    setattr(request, MADE, page)


def _digest(request: HttpRequest) -> str:
    fields = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    files = sorted((name, str(file), file.size) for name in request.FILES for file in request.FILES.getlist(name))
    return sha256(json.dumps([fields, files]).encode()).hexdigest()


def _note(response: HttpResponse, sent: SentForm, digest: str, page: Page | None) -> HttpResponse:
    """Keep what came of a form; nothing where it was refused, unless something had come of it before."""
    location, answer = response.headers.get("Location", ""), _saved(response)
    if location and page:
        answer = _version(page)
    if location or answer:
        SentForm.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()
        sent.digest, sent.location, sent.answer = digest, location, answer
        sent.save()
    elif not sent.location:
        sent.delete()
    return response


def _saved(response: HttpResponse) -> dict[str, Any]:
    answer = json.loads(response.content) if isinstance(response, JsonResponse) else {}
    kept = ("url", "hydrate_url", "revision_id", "revision_created_at", "field_updates")
    return {name: answer[name] for name in kept if name in answer} if answer.get("success") else {}


def _version(page: Page) -> dict[str, Any]:
    version = page.latest_revision
    return {
        "url": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "slug": page.slug,
        "revision_id": version.pk,
        "revision_created_at": version.created_at.isoformat(),
    }


def _change(request: HttpRequest, sent: SentForm) -> HttpResponse:
    """Send the form to the thing that it has made, with what the answer would have told the script to fill in."""
    fields = request.POST.copy()
    made = sent.answer
    for name, value in made.get("field_updates", {}).items():
        if name in fields:
            fields[name] = value
    fields["loaded_revision_id"] = str(made.get("revision_id", ""))
    fields["loaded_revision_created_at"] = made.get("revision_created_at", "")
    request.POST = fields  # type: ignore[assignment]
    request.resolver_match = match = resolve(urlsplit(made["url"]).path)
    response = match.func(request, *match.args, **match.kwargs)
    if not (saved := _saved(response)):
        return response
    sent.answer = made | saved | {"field_updates": made.get("field_updates", {}) | saved.get("field_updates", {})}
    sent.save()
    return JsonResponse(json.loads(response.content) | sent.answer)
