"""The list of coordinators: what it shows, and how editors narrow it."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.widgets import BooleanRadioSelect

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


def confirmation(coordinator: Coordinator) -> str:
    """Write when the entry was last confirmed, and how long ago that is."""
    if not coordinator.confirmed_on:
        return gettext("never")
    days = (timezone.localdate() - coordinator.confirmed_on).days
    ago = ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}
    return f"{date_format(coordinator.confirmed_on, 'j F Y')} ({ago})"


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


COLUMNS: list[Any] = [
    "name",
    Column("counties", label=_("Counties"), accessor=county_names),
    "employer",
    Column("confirmed", label=_("Confirmed"), accessor=confirmation, sort_key="confirmed_on"),
    Column("sign_in", label=_("Sign-in"), accessor=sign_in_address, sort_key="user__email"),
    StatusTagColumn(
        "state", label=_("State"), accessor=state, primary=lambda coordinator: coordinator.live, sort_key="live"
    ),
]
