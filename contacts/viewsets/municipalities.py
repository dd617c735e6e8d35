"""Municipalities in the admin: editors keep their numbers, the register itself is as Statistics Sweden has it."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from phonenumber_field.phonenumber import PhoneNumber
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.log_actions import log
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from contacts.models import Municipality
from contacts.numbers import written
from contacts.own_entry.values import MUNICIPALITY_FIELDS, differences, read_values
from pages.editors.search import SwedishSearchIndexView


def shown(number: PhoneNumber | None) -> str:
    """Write a number as readers see it; "" for none."""
    return written(number, get_language() or "") if number else ""


class MunicipalityEditView(EditView):
    """The form, whose old values go into the log."""

    def save_instance(self) -> Municipality:
        """Save and log what is new, as an import and a coordinator's correction do."""
        municipality = self.form.instance
        before = Municipality.objects.select_for_update().get(pk=municipality.pk)
        new = read_values(municipality, MUNICIPALITY_FIELDS)
        if changes := differences(read_values(before, MUNICIPALITY_FIELDS), new):
            municipality.save(update_fields=MUNICIPALITY_FIELDS)
            log(municipality, "wagtail.edit", user=self.request.user, content_changed=True, data={"changes": changes})
        return municipality


class MunicipalityViewSet(SnippetViewSet):
    """The numbers of the municipalities' social services."""

    model = Municipality
    icon = "home"
    index_view_class = SwedishSearchIndexView
    edit_view_class = MunicipalityEditView
    copy_view_enabled = False
    list_display = [
        "name_sv",
        "county",
        Column("social_services", label=_("Social services"), accessor=lambda row: shown(row.social_services_number)),
        Column("out_of_hours", label=_("Out of hours"), accessor=lambda row: shown(row.out_of_hours_number)),
        "checked_on",
    ]
    list_filter = ["county"]
    list_per_page = 50
    ordering = "name_sv"
    search_fields = ["code", "name_sv", "name_en", "formal_name"]
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("code", read_only=True), FieldPanel("county", read_only=True)]),
                FieldRowPanel([FieldPanel("name_sv", read_only=True), FieldPanel("name_en", read_only=True)]),
            ],
            heading=_("From the register"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("social_services_number", "out_of_hours_number", "website")],
            heading=_("Numbers"),
        ),
        MultiFieldPanel(
            [FieldPanel("source"), FieldPanel("checked_on")],
            heading=_("Where they come from"),
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Municipality]:
        """Return every municipality with its county. One query."""
        return Municipality.objects.select_related("county")
