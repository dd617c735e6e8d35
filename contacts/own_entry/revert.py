"""Taking back a change of the numbers or the e-mail with the link from a mail, without signing in."""

from contextlib import nullcontext
from http import HTTPStatus
from typing import Any, cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from contacts.models import Coordinator
from contacts.own_entry.access import private
from contacts.own_entry.edit_tokens import WrongObject, edit_token, read_edit_token
from contacts.own_entry.links import LinkGone, OpenLink, open_link, read_token
from contacts.own_entry.log_actions import REVERT
from contacts.own_entry.notices import tell_of_revert
from contacts.own_entry.saving import save_entry
from contacts.own_entry.values import differences, read_values, shown_changes
from pages.html.links import view_urls
from pages.requests import PageRequest

OPEN = "contacts/own_entry/revert_open.html"
DONE = "contacts/own_entry/revert_done.html"
GONE = "contacts/own_entry/revert_gone.html"


# The link is the proof: nobody else can make the request, and a reader of mail gets no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
def revert(request: HttpRequest, token: str) -> HttpResponse:
    """Show what would be taken back; take it back at the press of the button.

    Not by opening the link: mail scanners open every link.
    """
    is_pressed = request.method == "POST"
    try:
        keys = read_token(token)  # before the transaction: on SQLite each waits for the one that writes
        with transaction.atomic() if is_pressed else nullcontext():
            link = open_link(*keys, lock=is_pressed)
            return _take_back(request, token, link) if is_pressed else _show(request, token, link)
    except LinkGone as gone:
        return _render(request, token, GONE, HTTPStatus.GONE, why=gone.why.label)


def _take_back(request: HttpRequest, token: str, link: OpenLink) -> HttpResponse:
    now = read_values(link.entry, link.changes)
    try:
        has_seen = read_edit_token(link.entry, request.POST.get("edit_token", "")) == now
    except WrongObject:
        has_seen = False
    if not has_seen:  # a part of it was saved while the page was open
        return _show(request, token, link, HTTPStatus.CONFLICT)
    old = {name: values["old"] for name, values in link.changes.items()}
    user = request.user if request.user.is_authenticated else None
    reverted = save_entry(link.entry, old, user, REVERT, reverts=link.change.pk, receiver=link.receiver.role)
    assert reverted  # noqa: S101  (an open link has something to take back)
    tell_of_revert(link.entry, reverted)
    return _render(request, token, DONE, HTTPStatus.OK, entry=link.entry, is_email="email" in old)


def _show(request: HttpRequest, token: str, link: OpenLink, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    now = read_values(link.entry, link.changes)
    old = {name: values["old"] for name, values in link.changes.items()}
    context = {
        "entry": link.entry,
        "changes": shown_changes(Coordinator, differences(now, old)),
        "edit_token": edit_token(link.entry, now),
    }
    return _render(request, token, OPEN, status, **context)


def _render(request: HttpRequest, token: str, template: str, status: HTTPStatus, **context: Any) -> HttpResponse:
    """Show a page in the language of its address, which stands nowhere on it but in the links to other languages."""
    cast("PageRequest", request).shown_path = reverse("own_entry:entry")
    context["language_urls"] = view_urls("revert", token)
    return render(request, template, context, status=status)
