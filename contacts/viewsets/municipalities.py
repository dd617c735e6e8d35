"""Municipalities in the admin: editors keep their numbers, the register itself is as Statistics Sweden has it."""

from typing import Any

import django_filters
from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from phonenumber_field.phonenumber import PhoneNumber
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from contacts.fields import MUNICIPALITY_FIELDS
from contacts.models import Municipality
from contacts.own_entry.edit_tokens import WrongObject, edit_token, read_edit_token
from contacts.own_entry.history import Event, actor_name
from contacts.own_entry.saving import EditConflict, check_conflict
from contacts.own_entry.values import MUNICIPALITY_VALUES, Values, differences, read_values, shown_changes
from contacts.phone_numbers import format_phone
from contacts.viewsets.conflicts import conflict_message
from contacts.viewsets.panels import field_panels
from pages.admin.listing import SwedishSearchIndexView
from pages.languages import default_field, localized_fields


def shown(number: PhoneNumber | None) -> str:
    """Write a number as readers see it; "" for none."""
    return format_phone(number, get_language()) if number else ""


class EditTokenForm(WagtailAdminModelForm):
    """The numbers, with the values that the form was made from."""

    edit_token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["edit_token"] = edit_token(self.instance, read_values(self.instance, MUNICIPALITY_VALUES))

    def clean_edit_token(self) -> Values | None:
        """Return the values, None when they are not known."""
        try:
            return read_edit_token(self.instance, self.cleaned_data["edit_token"])
        except WrongObject:
            return None


class MunicipalityEditView(EditView):
    """The form, whose old values go into the log, and which saves over nothing that its editor has not seen."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, or refuse to, while nobody else can."""
        with transaction.atomic():
            self.saved = Municipality.objects.select_for_update().get(pk=self.object.pk)
            return super().post(request, *args, **kwargs)

    def is_valid(self, form: EditTokenForm) -> bool:
        """Refuse an outdated form once; the answer shows what was saved meanwhile, and the next save has seen it."""
        if not super().is_valid(form):
            return False
        made_from = form.cleaned_data["edit_token"]
        try:
            check_conflict(self.saved, made_from, read_values(form.instance, MUNICIPALITY_VALUES))
        except EditConflict as found:
            self.produced_error_message = conflict_message(_latest_event(self.saved, made_from or {}))
            _put_below(form, self.saved, found.kept)
            return False
        return True

    def save_instance(self) -> Municipality:
        """Save and log what is new, as an import and a coordinator's correction do."""
        municipality = self.form.instance
        new = read_values(municipality, MUNICIPALITY_VALUES)
        if changes := differences(read_values(self.saved, MUNICIPALITY_VALUES), new):
            municipality.save(update_fields=MUNICIPALITY_VALUES)
            log(municipality, "wagtail.edit", user=self.request.user, content_changed=True, data={"changes": changes})
        return municipality


def _put_below(form: EditTokenForm, saved: Municipality, kept: Values) -> None:
    """Show what is saved now, except in the fields of `kept`; the next save has seen it."""
    fresh = type(form)(instance=saved)
    data = form.data.copy()
    for name in {*MUNICIPALITY_VALUES, "edit_token"} - kept.keys():
        data[name] = fresh.fields[name].widget.format_value(fresh[name].value()) or ""
    form.data = data


def _latest_event(municipality: Municipality, before: Values) -> Event | None:
    """Return who saved last, with all that is new since `before`."""
    row = ModelLogEntry.objects.for_instance(municipality).first()
    if row is None:
        return None
    changes = differences(before, read_values(municipality, MUNICIPALITY_VALUES))
    return Event(row.timestamp, "", actor_name(row), shown_changes(Municipality, changes))


class MunicipalityFilterSet(WagtailFilterSet):
    """Where municipalities are, and what readers do not find there."""

    without = django_filters.ChoiceFilter(
        label=_("Without"),
        method="filter_without",
        choices=[
            ("number", _("any number")),
            ("website", _("web address")),
            ("both", _("any number and web address")),
        ],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Municipality
        fields = ["county"]

    def filter_without(self, queryset: QuerySet[Municipality], name: str, value: str) -> QuerySet[Municipality]:
        """Keep the municipalities of which so much is not known."""
        if value in {"number", "both"}:
            queryset = queryset.filter(social_services_number="", out_of_hours_number="")
        return queryset.filter(website="") if value in {"website", "both"} else queryset


class MunicipalityViewSet(SnippetViewSet):
    """The numbers of the municipalities' social services."""

    model = Municipality
    icon = "home"
    index_view_class = SwedishSearchIndexView
    edit_view_class = MunicipalityEditView
    copy_view_enabled = False
    list_display = [
        default_field("name"),
        "county",
        Column("social_services", label=_("Social services"), accessor=lambda row: shown(row.social_services_number)),
        Column("out_of_hours", label=_("Out of hours"), accessor=lambda row: shown(row.out_of_hours_number)),
        "checked_on",
    ]
    filterset_class = MunicipalityFilterSet
    list_per_page = 50
    ordering = default_field("name")
    search_fields = ["code", *localized_fields("name"), "formal_name"]
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("code", read_only=True), FieldPanel("county", read_only=True)]),
                    FieldRowPanel([FieldPanel(name, read_only=True) for name in localized_fields("name")]),
                ],
                heading=_("From the register"),
            ),
            *field_panels(MUNICIPALITY_FIELDS),
        ],
        base_form_class=EditTokenForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Municipality]:
        """Return every municipality with its county. One query."""
        return Municipality.objects.select_related("county")
