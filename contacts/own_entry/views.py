"""The entry as readers see it, the form that changes it, "still right", history, deputies."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts.confirmation import today
from contacts.models import Coordinator
from contacts.own_entry.access import EntryAccess, switch_to, with_entry_access
from contacts.own_entry.edit_tokens import edit_token, read_edit_token
from contacts.own_entry.forms import EntryForm
from contacts.own_entry.history import events, latest_event
from contacts.own_entry.log_actions import CHANGE, CONFIRM
from contacts.own_entry.notices import tell_of_change
from contacts.own_entry.saving import EditConflict, check_conflict, save_entry
from contacts.own_entry.values import ENTRY_FIELDS, read_values, shown_changes


@require_safe
@with_entry_access
def entry(request: HttpRequest, access: EntryAccess) -> HttpResponse:
    """Show the entry as readers see it, and what can be done with it."""
    values = read_values(access.entry, ENTRY_FIELDS)
    context = {"access": access, "edit_token": edit_token(access.entry, values), "today": today()}
    return render(request, "contacts/own_entry/entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_entry_access
def change(request: HttpRequest, access: EntryAccess) -> HttpResponse:
    """Change the entry; what readers see changes at once."""
    if request.method != "POST":
        return _render_form(request, access, EntryForm(access, read_values(access.entry, ENTRY_FIELDS)))
    made_from = read_edit_token(access.entry, request.POST.get("edit_token", ""))
    form = EntryForm(access, read_values(access.entry, ENTRY_FIELDS), request.POST)
    if not form.is_valid():
        return _render_form(request, access, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        check_conflict(access.entry, made_from, form.values)
    except EditConflict as found:
        return _render_conflict(request, access, found)
    saved = save_entry(access.entry, form.values, access.user, CHANGE)
    if saved is None:
        messages.info(request, _("Nothing was changed."))
    else:
        tell_of_change(access.entry, saved)
        messages.success(request, _("Saved. Readers see it now.") if access.entry.live else _("Saved."))
    return redirect("own_entry:entry")


@require_POST
@with_entry_access
def confirm(request: HttpRequest, access: EntryAccess) -> HttpResponse:
    """Date the entry today, if it is still what the user was looking at."""
    seen = read_edit_token(access.entry, request.POST.get("edit_token", "")) or {}
    now = read_values(access.entry, ENTRY_FIELDS)
    if now["confirmed_on"] == today().isoformat():
        seen["confirmed_on"] = now["confirmed_on"]  # confirmed since, by somebody who pressed twice
    if seen != now:
        messages.error(request, _("The entry has changed since you opened the page. Look at it again, then confirm."))
        return redirect("own_entry:entry")
    save_entry(access.entry, {"confirmed_on": today().isoformat()}, access.user, CONFIRM)
    messages.success(request, _("Thank you. The entry is marked as confirmed today."))
    return redirect("own_entry:entry")


@require_safe
@with_entry_access
def history(request: HttpRequest, access: EntryAccess) -> HttpResponse:
    """Show what has changed, when and by whom."""
    return render(request, "contacts/own_entry/history.html", {"access": access, "events": events(access.entry)})


@require_POST
@with_entry_access
def switch(request: HttpRequest, access: EntryAccess) -> HttpResponse:
    """Go to the entry of somebody on leave, or back to one's own."""
    chosen = request.POST.get("entry", "")
    found = next((entry for entry in [access.own, *access.others] if str(entry.uid) == chosen), None)
    if found is None:
        raise Http404
    switch_to(request, found)
    return redirect("own_entry:entry")


def _render_form(
    request: HttpRequest, access: EntryAccess, form: EntryForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """Show the form; what is typed into it again is still about the version that it was first made from."""
    made_from = request.POST.get("edit_token") or edit_token(access.entry, read_values(access.entry, ENTRY_FIELDS))
    context = {"access": access, "form": form, "edit_token": made_from, "saved_by_others": None, "latest": None}
    return render(request, "contacts/own_entry/change.html", context, status=status)


def _render_conflict(request: HttpRequest, access: EntryAccess, found: EditConflict) -> HttpResponse:
    """Show what was typed beside what somebody else has saved meanwhile; the next save has seen it."""
    current = read_values(access.entry, ENTRY_FIELDS)
    context = {
        "access": access,
        "form": EntryForm(access, current | found.kept),
        "edit_token": edit_token(access.entry, current),
        "saved_by_others": shown_changes(Coordinator, found.saved_by_others),
        "latest": latest_event(access.entry),
    }
    return render(request, "contacts/own_entry/change.html", context, status=HTTPStatus.CONFLICT)
