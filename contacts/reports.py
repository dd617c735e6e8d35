"""Reports for editors: where a call reaches nobody, and what coordinators have changed."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry
from wagtail.permission_policies import ModelPermissionPolicy

from contacts.models import Coordinator, County
from contacts.own_entry.history import actor_name
from contacts.own_entry.log_actions import CHANGE, CORRECT, READ, REVERT
from contacts.own_entry.values import shown_changes
from contacts.reachability import UnreachableCounty, unreachable_counties
from pages.admin.one_press import PressColumn, PressView

CHANGES = (CHANGE, REVERT, CORRECT)


class CountiesWithoutCoordinatorView(ReportView):
    """Counties in which no coordinator can be reached; their pages lead to the support line."""

    model = County
    page_title = _("Counties without a coordinator to reach")
    header_icon = "warning"
    index_url_name = "counties_without_coordinator"
    index_results_url_name = "counties_without_coordinator_results"
    columns = [
        Column("name", label=_("county")),
        Column("code", label=_("code")),
        Column("why", label=_("why")),
    ]
    list_export = ["code", "name", "why"]
    is_searchable = False

    def get_queryset(self) -> list[UnreachableCounty]:
        """Return the counties in order of code."""
        return unreachable_counties()


@dataclass(frozen=True, slots=True)
class UnreadChange:
    """A change that a coordinator made and that no editor has looked at."""

    entry: ModelLogEntry
    newest: int  # change of the same entry, in the log

    @property
    def who(self) -> str:
        """Who made it."""
        return actor_name(self.entry)

    @property
    def when(self) -> datetime:
        """When it was made."""
        return self.entry.timestamp

    @property
    def what(self) -> str:
        """The fields, as they were and as they are."""
        model = self.entry.content_type.model_class()
        changes = shown_changes(model, self.entry.data.get("changes", {}))
        return "; ".join(f"{each.label}: {each.old or '–'} → {each.new or '–'}" for each in changes)

    @property
    def url(self) -> str:
        """Where an editor sees the whole entry."""
        viewset = self.entry.content_type.model_class().snippet_viewset
        return reverse(viewset.get_url_name("edit"), args=[self.entry.object_id])

    def __str__(self) -> str:
        return self.entry.label


def unread_changes() -> list[UnreadChange]:
    """Return them, newest first: of each entry what came after an editor last read it. One query, two if there are."""
    last: dict[tuple[int, str], dict[bool, int]] = {}
    rows = ModelLogEntry.objects.filter(action__in=(*CHANGES, READ)).order_by()
    for kind, pk, action, number in rows.values_list("content_type", "object_id", "action").annotate(Max("pk")):
        of_entry = last.setdefault((kind, pk), {True: 0, False: 0})
        of_entry[action == READ] = max(number, of_entry[action == READ])
    unread = {key: numbers for key, numbers in last.items() if numbers[False] > numbers[True]}
    if not unread:
        return []
    entries = ModelLogEntry.objects.filter(action__in=CHANGES, object_id__in={pk for _kind, pk in unread})
    return [
        UnreadChange(entry, numbers[False])
        for entry in entries.select_related("content_type", "user__coordinator").order_by("-pk")
        if (numbers := unread.get((entry.content_type_id, entry.object_id))) and entry.pk > numbers[True]
    ]


class UnreadChangesView(ReportView):
    """What coordinators changed, until an editor says to have read it."""

    page_title = _("Changes by coordinators")
    header_icon = "history"
    index_url_name = "unread_changes"
    index_results_url_name = "unread_changes_results"
    permission_policy = ModelPermissionPolicy(Coordinator)
    permission_required = "change"
    columns = [
        TitleColumn("entry", label=_("Entry"), accessor=str, get_url=lambda change: change.url),
        Column("what", label=_("What changed")),
        Column("who", label=_("who")),
        DateColumn("when", label=_("when")),
        PressColumn(
            "read",
            label=_("Read"),
            press=_("I have read it"),
            get_url=lambda change: reverse("read_change", args=[change.newest]),
        ),
    ]
    list_export = ["entry", "what", "who", "when"]
    is_searchable = False

    def get_queryset(self) -> list[UnreadChange]:
        """Return the changes."""
        return unread_changes()


class ReadChangeView(PressView):
    """Notes that an editor has read the changes of an entry, the newest of which the button names."""

    def press(self) -> str:
        """Write it into the log of the entry."""
        if not self.request.user.has_perm("contacts.change_coordinator"):
            raise PermissionDenied
        entry = get_object_or_404(ModelLogEntry, pk=self.kwargs["pk"], action__in=CHANGES)
        row = entry.content_type.get_object_for_this_type(pk=entry.object_id)
        changes = ModelLogEntry.objects.for_instance(row).filter(action__in=CHANGES)
        if changes.filter(pk__gt=entry.pk).exists():
            return gettext("%s was changed again meanwhile. Read that too.") % row
        log(row, READ, user=self.request.user)
        return gettext("The changes of %s are read.") % row

    def get_back_url(self) -> str:
        """Return the list."""
        return reverse(UnreadChangesView.index_url_name)
