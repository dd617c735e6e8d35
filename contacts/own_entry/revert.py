"""Taking back a change of the numbers or the e-mail with the link from a mail, without signing in."""

from http import HTTPStatus

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from wagtail.models import ModelLogEntry

from contacts.models import Coordinator
from contacts.own_entry.access import private
from contacts.own_entry.edit_tokens import edit_token, read_edit_token
from contacts.own_entry.log_actions import CHANGE, REVERT
from contacts.own_entry.notices import mailed_changes, read_token, tell_of_revert
from contacts.own_entry.saving import save_entry
from contacts.own_entry.values import differences, read_values, shown_changes


# The link is the proof: nobody else can make the request, and a reader of mail gets no cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@private
@transaction.atomic
def revert(request: HttpRequest, token: str) -> HttpResponse:
    """Show what would be taken back; take it back once, at the press of the button.

    Not by opening the link: mail scanners open every link.
    """
    change = read_token(token)
    entry = _entry(change) if change else None
    if change is None or entry is None:
        return render(request, "contacts/own_entry/revert_gone.html", status=HTTPStatus.GONE)
    changes = mailed_changes(change)
    if "email" in changes and Coordinator.objects.signing_in_with(changes["email"]["old"]).exists():
        del changes["email"]  # since then it has become the address of a sign-in, which is not published
    if not changes:
        return render(request, "contacts/own_entry/revert_gone.html", status=HTTPStatus.GONE)
    old = {name: values["old"] for name, values in changes.items()}
    new = {name: values["new"] for name, values in changes.items()}
    now = read_values(entry, changes)
    if _is_taken_back(entry, change) or now == old:
        return render(request, "contacts/own_entry/reverted.html", {"entry": entry, "just_now": False})
    seen = request.POST.get("edit_token", "") if request.method == "POST" else None
    if seen is not None and read_edit_token(entry, seen) == now:
        user = request.user if request.user.is_authenticated else None
        reverted = save_entry(entry, old, user, REVERT, reverts=change.pk)
        tell_of_revert(entry, reverted)
        return render(request, "contacts/own_entry/reverted.html", {"entry": entry, "just_now": True})
    context = {
        "entry": entry,
        "changes": shown_changes(Coordinator, differences(now, old)),
        "has_changed_since": now != new,
        "edit_token": edit_token(entry, now),
    }
    return render(
        request,
        "contacts/own_entry/revert.html",
        context,
        status=HTTPStatus.OK if seen is None else HTTPStatus.CONFLICT,
    )


def _entry(change: ModelLogEntry) -> Coordinator | None:
    entries = Coordinator.objects.filter(left_on=None).select_for_update()
    return entries.filter(pk=change.object_id).first() if change.action == CHANGE else None


def _is_taken_back(entry: Coordinator, change: ModelLogEntry) -> bool:
    rows = ModelLogEntry.objects.for_instance(entry).filter(action=REVERT)
    return rows.filter(data__reverts=change.pk).exists()
