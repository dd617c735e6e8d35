"""The entry as readers see it, the form that changes it, "still right", history, deputies."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts.confirmation import today
from contacts.models import Coordinator
from contacts.own_entry.access import Holder, holders_only, switch_to
from contacts.own_entry.forms import EntryForm
from contacts.own_entry.history import events, latest_event
from contacts.own_entry.log_actions import CHANGE, CONFIRM
from contacts.own_entry.notices import tell_of_change
from contacts.own_entry.saving import OutOfDate, check_up_to_date, save_entry
from contacts.own_entry.stamps import read_stamp, stamp
from contacts.own_entry.values import ENTRY_FIELDS, read_values, shown_changes


@require_safe
@holders_only
def entry(request: HttpRequest, holder: Holder) -> HttpResponse:
    """Show the entry as readers see it, and what its holder can do."""
    values = read_values(holder.entry, ENTRY_FIELDS)
    context = {"holder": holder, "stamp": stamp(holder.entry, values), "today": today()}
    return render(request, "contacts/own_entry/entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@holders_only
def change(request: HttpRequest, holder: Holder) -> HttpResponse:
    """Change the entry; what readers see changes at once."""
    if request.method != "POST":
        return _render_form(request, holder, EntryForm(holder, read_values(holder.entry, ENTRY_FIELDS)))
    made_from = read_stamp(holder.entry, request.POST.get("stamp", ""))
    form = EntryForm(holder, read_values(holder.entry, ENTRY_FIELDS), request.POST)
    if not form.is_valid():
        return _render_form(request, holder, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        check_up_to_date(holder.entry, made_from, form.values)
    except OutOfDate as found:
        return _render_conflict(request, holder, found)
    saved = save_entry(holder.entry, form.values, holder.user, CHANGE)
    if saved is None:
        messages.info(request, _("Nothing was changed."))
    else:
        tell_of_change(holder.entry, saved)
        messages.success(request, _("Saved. Readers see it now.") if holder.entry.live else _("Saved."))
    return redirect("own_entry:entry")


@require_POST
@holders_only
def confirm(request: HttpRequest, holder: Holder) -> HttpResponse:
    """Date the entry today, if it is still what its holder was looking at."""
    seen = read_stamp(holder.entry, request.POST.get("stamp", "")) or {}
    now = read_values(holder.entry, ENTRY_FIELDS)
    if now["confirmed_on"] == today().isoformat():
        seen["confirmed_on"] = now["confirmed_on"]  # confirmed since, by somebody who pressed twice
    if seen != now:
        messages.error(request, _("The entry has changed since you opened the page. Look at it again, then confirm."))
        return redirect("own_entry:entry")
    save_entry(holder.entry, {"confirmed_on": today().isoformat()}, holder.user, CONFIRM)
    messages.success(request, _("Thank you. The entry is marked as confirmed today."))
    return redirect("own_entry:entry")


@require_safe
@holders_only
def history(request: HttpRequest, holder: Holder) -> HttpResponse:
    """Show what has changed, when and by whom."""
    return render(request, "contacts/own_entry/history.html", {"holder": holder, "events": events(holder.entry)})


@require_POST
@holders_only
def switch(request: HttpRequest, holder: Holder) -> HttpResponse:
    """Go to the entry of somebody on leave, or back to one's own."""
    chosen = request.POST.get("entry", "")
    found = next((entry for entry in [holder.own, *holder.others] if str(entry.uid) == chosen), None)
    if found is None:
        raise Http404
    switch_to(request, found)
    return redirect("own_entry:entry")


def _render_form(
    request: HttpRequest, holder: Holder, form: EntryForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """Show the form; what is typed into it again is still about the version that it was first made from."""
    made_from = request.POST.get("stamp") or stamp(holder.entry, read_values(holder.entry, ENTRY_FIELDS))
    context = {"holder": holder, "form": form, "stamp": made_from, "saved_by_others": None, "latest": None}
    return render(request, "contacts/own_entry/change.html", context, status=status)


def _render_conflict(request: HttpRequest, holder: Holder, found: OutOfDate) -> HttpResponse:
    """Show what was typed beside what somebody else has saved meanwhile; the next save has seen it."""
    current = read_values(holder.entry, ENTRY_FIELDS)
    context = {
        "holder": holder,
        "form": EntryForm(holder, current | found.kept),
        "stamp": stamp(holder.entry, current),
        "saved_by_others": shown_changes(Coordinator, found.saved_by_others),
        "latest": latest_event(holder.entry),
    }
    return render(request, "contacts/own_entry/change.html", context, status=HTTPStatus.CONFLICT)
