"""The list of coordinators: what it shows, and how editors narrow it."""

from datetime import date
from operator import attrgetter
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.widgets import BooleanRadioSelect

from contacts.fields import COORDINATOR_FIELDS, Field, Kind
from contacts.models import Coordinator, County, TargetGroup
from contacts.models.coordinators import CoordinatorQuerySet


class CoordinatorFilterSet(WagtailFilterSet):
    """Whose entries need care."""

    counties = django_filters.ModelMultipleChoiceFilter(
        label=_("County"), queryset=lambda _request: County.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    target_group = django_filters.ChoiceFilter(
        label=_("Works with"), choices=TargetGroup.choices, empty_label=_("All"), widget=forms.RadioSelect
    )
    confirmed = django_filters.ChoiceFilter(
        label=_("Confirmed"),
        method="filter_confirmed",
        choices=[
            ("150", _("not for 150 days, or never")),
            ("180", _("not for 180 days, or never")),
            ("never", _("never")),
        ],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    live = django_filters.BooleanFilter(label=_("Published"), widget=BooleanRadioSelect)
    sign_in = django_filters.BooleanFilter(
        label=_("Has a sign-in"), field_name="user", lookup_expr="isnull", exclude=True, widget=BooleanRadioSelect
    )
    left = django_filters.BooleanFilter(
        label=_("Has left"), field_name="left_on", lookup_expr="isnull", exclude=True, widget=BooleanRadioSelect
    )

    class Meta:
        model = Coordinator
        fields: list[str] = []

    def filter_confirmed(self, queryset: CoordinatorQuerySet, name: str, value: str) -> QuerySet[Coordinator]:
        """Keep the entries that nobody has confirmed for so long; people who have left confirm nothing."""
        queryset = queryset.filter(left_on=None)
        return queryset.filter(confirmed_on=None) if value == "never" else queryset.unconfirmed_for(int(value))


def county_names(coordinator: Coordinator) -> str:
    """Write the counties that someone covers."""
    return ", ".join(str(county) for county in coordinator.counties.all())


def how_long_ago(day: date | None) -> str:
    """Write a day, and how long ago it is."""
    if not day:
        return gettext("never")
    days = (timezone.localdate() - day).days
    ago = ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}
    return f"{date_format(day, 'j F Y')} ({ago})"


def state(coordinator: Coordinator) -> str:
    """Write whether readers see the entry."""
    if coordinator.left_on:
        return gettext("left %(date)s") % {"date": date_format(coordinator.left_on, "j F Y")}
    if not coordinator.live:
        return gettext("not published")
    return gettext("published, with a newer draft") if coordinator.has_unpublished_changes else gettext("published")


def sign_in_address(coordinator: Coordinator) -> str:
    """Write the address that someone signs in with."""
    return coordinator.user.email if coordinator.user else gettext("no sign-in")


def _column(field: Field) -> str | Column:
    label = capfirst(Coordinator._meta.get_field(field.name).verbose_name)
    match field.kind:
        case Kind.COUNTIES:
            return Column(field.name, label=label, accessor=county_names)
        case Kind.DATE:
            read = attrgetter(field.name)
            return Column(field.name, label=label, accessor=lambda row: how_long_ago(read(row)), sort_key=field.name)
        case _:
            return field.name


_LISTED = sorted((field for field in COORDINATOR_FIELDS if field.column), key=lambda field: field.column)
COLUMNS: list[Any] = [
    *map(_column, _LISTED),
    Column("sign_in", label=_("Sign-in"), accessor=sign_in_address, sort_key="user__email"),
    StatusTagColumn(
        "state", label=_("Status"), accessor=state, primary=lambda coordinator: coordinator.live, sort_key="live"
    ),
]
