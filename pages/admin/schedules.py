"""The report of what is to be published or taken down by itself, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Model, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import DraftStateMixin, Page, Revision
from wagtail.permissions import policy_registry

from pages.admin.care import CareItem
from pages.admin.one_press import AheadColumn
from pages.plain_queries import plain

LATE = timedelta(minutes=10)  # twice as long as timers take


@dataclass(frozen=True, slots=True)
class Scheduled:
    """What happens to something at a time."""

    thing: Model
    what: str | Promise
    at: datetime
    url: str | None

    @property
    def is_overdue(self) -> bool:
        """Whether it should have happened."""
        return timezone.now() - self.at > LATE

    @property
    def state(self) -> str | Promise:
        """Whether it is overdue or to come, in words."""
        return _("overdue") if self.is_overdue else _("to come")

    def __str__(self) -> str:
        return str(self.thing)


def schedules(user: Any) -> list[Scheduled]:
    """Return what is scheduled of what a user may change, the earliest first. A few queries, whatever there is."""
    finder = AdminURLFinder(user)
    found = [
        Scheduled(thing, what, at, finder.get_edit_url(thing))
        for thing, what, at in _scheduled()
        if policy_registry.get_by_type(type(thing)).user_has_permission_for_instance(user, "change", thing)
    ]
    return sorted(found, key=lambda each: each.at)


def _scheduled() -> Iterator[tuple[Any, str | Promise, datetime]]:
    drafted = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
    models = [Page, *(model for model in drafted if not issubclass(model, Page))]
    pages, *others = [
        plain(model.objects.filter(live=True, expire_at__isnull=False)).values_list(Value(number), "pk")
        for number, model in enumerate(models)
    ]
    leaving: dict[int, list[int]] = {}
    for number, pk in pages.union(*others).order_by():
        leaving.setdefault(number, []).append(pk)
    for number, keys in leaving.items():
        for thing in models[number].objects.filter(pk__in=keys):
            yield thing, _("is taken down"), thing.expire_at
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False).prefetch_related("content_object"):
        if revision.content_object:
            yield revision.content_object, _("is published"), revision.approved_go_live_at


class SchedulesView(ReportView):
    """What is overdue comes first: nobody else tells that it has not happened."""

    page_title = _("Scheduled publishing")
    header_icon = "clock"
    index_url_name = "schedules"
    index_results_url_name = "schedules_results"
    columns = [
        TitleColumn("thing", label=_("Page or entry"), accessor=str, get_url=lambda row: row.url),
        Column("what", label=_("What happens")),
        AheadColumn("at", label=_("When")),
        StatusTagColumn("state", label=_("Status"), primary=lambda row: row.is_overdue),
    ]
    list_export = ["thing", "what", "at", "state"]
    is_searchable = False

    def get_queryset(self) -> list[Scheduled]:
        """Return what the user may change."""
        return schedules(self.request.user)


def care_items(user: Any) -> Iterator[CareItem]:
    """Yield what is overdue, and what is to come."""
    found, url = schedules(user), reverse(SchedulesView.index_url_name)
    late = sum(each.is_overdue for each in found)
    coming = len(found) - late
    yield CareItem(
        count=late,
        label=ngettext("schedule is overdue", "schedules are overdue", late),
        all_well=gettext("No schedule is overdue."),
        url=url,
    )
    yield CareItem(
        count=coming,
        label=ngettext("page or entry changes by itself later", "pages or entries change by themselves later", coming),
        all_well=gettext("Nothing is scheduled."),
        url=url,
        is_urgent=False,
    )
