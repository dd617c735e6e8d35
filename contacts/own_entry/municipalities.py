"""The numbers of the municipalities in the counties of an entry, which its holder may correct."""

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
from contacts.own_entry.access import Holder, holders_only
from contacts.own_entry.forms import MunicipalityForm
from contacts.own_entry.notices import tell_of_correction
from contacts.own_entry.saving import OutOfDate, check_up_to_date, save_municipality
from contacts.own_entry.stamps import read_stamp, stamp
from contacts.own_entry.values import MUNICIPALITY_FIELDS, read_values, shown_changes
from contacts.places import in_swedish_order


@require_safe
@holders_only
def municipalities(request: HttpRequest, holder: Holder) -> HttpResponse:
    """List the municipalities by county, with what is known of them."""
    by_county: dict[County, list[Municipality]] = defaultdict(list)
    for row in in_swedish_order(_correctable(holder)):
        by_county[row.county].append(row)
    counties = [(county, by_county[county]) for county in in_swedish_order(by_county)]
    return render(request, "contacts/own_entry/municipalities.html", {"holder": holder, "counties": counties})


@require_http_methods(["GET", "HEAD", "POST"])
@holders_only
def municipality(request: HttpRequest, holder: Holder, code: str) -> HttpResponse:
    """Correct a municipality's numbers; what readers see changes at once."""
    rows = _correctable(holder)
    row = get_object_or_404(rows.select_for_update(of=("self",)) if request.method == "POST" else rows, code=code)
    now = read_values(row, MUNICIPALITY_FIELDS)
    if request.method != "POST":
        return _render(request, holder, row, MunicipalityForm(now | {"checked_on": today().isoformat()}))
    made_from = read_stamp(row, request.POST.get("stamp", ""))
    form = MunicipalityForm(now, request.POST)
    if not form.is_valid():
        return _render(
            request, holder, row, form, stamp=request.POST.get("stamp", ""), status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    try:
        check_up_to_date(row, made_from, form.values)
    except OutOfDate as found:
        changes = shown_changes(Municipality, found.saved_by_others)
        joined = MunicipalityForm(now | found.kept)
        return _render(request, holder, row, joined, saved_by_others=changes, status=HTTPStatus.CONFLICT)
    saved = save_municipality(row, form.values, holder.user)
    if saved:
        tell_of_correction(row, saved)
    messages.success(request, _("Saved. Readers see it now."))
    return redirect("own_entry:municipalities")


def _render(
    request: HttpRequest,
    holder: Holder,
    row: Municipality,
    form: MunicipalityForm,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    **context: object,
) -> HttpResponse:
    context = {
        "holder": holder,
        "municipality": row,
        "form": form,
        "stamp": stamp(row, read_values(row, MUNICIPALITY_FIELDS)),
        "saved_by_others": None,
        **context,
    }
    return render(request, "contacts/own_entry/municipality.html", context, status=status)


def _correctable(holder: Holder) -> QuerySet[Municipality]:
    """Return the municipalities of the entry's counties; none while the entry is not published."""
    rows = Municipality.objects.select_related("county")
    return rows.filter(county__coordinators=holder.entry, county__coordinators__live=True)
