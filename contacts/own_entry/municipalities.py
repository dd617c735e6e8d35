"""The numbers of the municipalities in the counties of an entry, which its coordinator may correct."""

from collections import defaultdict
from http import HTTPStatus

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contacts.confirmation import today
from contacts.models import County, Municipality
from contacts.own_entry.access import EntryAccess, with_entry_access
from contacts.own_entry.edit_tokens import edit_token, read_edit_token
from contacts.own_entry.forms import MunicipalityForm
from contacts.own_entry.notices import tell_of_correction
from contacts.own_entry.saving import EditConflict, check_conflict, save_municipality
from contacts.own_entry.values import MUNICIPALITY_VALUES, read_values, shown_changes
from contacts.places import in_swedish_order


@require_safe
@with_entry_access
def municipalities(request: HttpRequest, access: EntryAccess) -> HttpResponse:
    """List the municipalities by county, with what is known of them."""
    by_county: dict[County, list[Municipality]] = defaultdict(list)
    for row in in_swedish_order(_correctable(access)):
        by_county[row.county].append(row)
    counties = [(county, by_county[county]) for county in in_swedish_order(by_county)]
    return render(request, "contacts/own_entry/municipalities.html", {"access": access, "counties": counties})


@require_http_methods(["GET", "HEAD", "POST"])
@with_entry_access
def municipality(request: HttpRequest, access: EntryAccess, code: str) -> HttpResponse:
    """Correct a municipality's numbers; what readers see changes at once."""
    rows = _correctable(access)
    row = get_object_or_404(rows.select_for_update(of=("self",)) if request.method == "POST" else rows, code=code)
    now = read_values(row, MUNICIPALITY_VALUES)
    if request.method != "POST":
        return _render(request, access, row, MunicipalityForm(now | {"checked_on": today().isoformat()}))
    made_from = read_edit_token(row, request.POST.get("edit_token", ""))
    form = MunicipalityForm(now, request.POST)
    if not form.is_valid():
        return _render(
            request,
            access,
            row,
            form,
            edit_token=request.POST.get("edit_token", ""),
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    try:
        check_conflict(row, made_from, form.values)
    except EditConflict as found:
        changes = shown_changes(Municipality, found.saved_by_others)
        joined = MunicipalityForm(now | found.kept)
        return _render(request, access, row, joined, saved_by_others=changes, status=HTTPStatus.CONFLICT)
    saved = save_municipality(row, form.values, access.user)
    if saved:
        tell_of_correction(row, saved)
    messages.success(request, _("Saved. Readers see it now."))
    return redirect("own_entry:municipalities")


def _render(
    request: HttpRequest,
    access: EntryAccess,
    row: Municipality,
    form: MunicipalityForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    **context: object,
) -> HttpResponse:
    context = {
        "access": access,
        "municipality": row,
        "form": form,
        "edit_token": edit_token(row, read_values(row, MUNICIPALITY_VALUES)),
        "saved_by_others": None,
        **context,
    }
    return render(request, "contacts/own_entry/municipality.html", context, status=status)


def _correctable(access: EntryAccess) -> QuerySet[Municipality]:
    """Return the municipalities of the entry's counties; none while the entry is not published."""
    rows = Municipality.objects.select_related("county")
    return rows.filter(county__coordinators=access.entry, county__coordinators__live=True)
