"""What waits for editors among the contacts, for the first page of the admin."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext, ngettext, ngettext_lazy

from contacts.models import Coordinator, ReaderMessage, SupportService
from contacts.reachability import unreachable_counties
from contacts.reminders import UNCONFIRMED_FOR
from contacts.reports import CountiesWithoutCoordinatorView, UnreadChangesView, unread_changes
from pages.admin.care import CareItem
from pages.plain_queries import plain


def care_items(user: Any) -> Iterator[CareItem]:
    """Yield what waits, to those who keep all of it: one role has it whole, or nothing."""
    if user.has_perm("contacts.change_coordinator"):
        counts = _counts()
        yield _counties()
        yield _in_list(
            Coordinator,
            f"confirmed={UNCONFIRMED_FOR}&live=true",
            counts["entry"],
            ngettext_lazy(
                "coordinator has not confirmed the entry for %(days)s days",
                "coordinators have not confirmed their entries for %(days)s days",
                "count",
            ),
            gettext("Every coordinator has confirmed the entry."),
        )
        yield _changes()
        yield _in_list(
            SupportService,
            "confirmed_on__isnull=true",
            counts["service"],
            ngettext_lazy("support service is not confirmed", "support services are not confirmed", "count"),
            gettext("Every support service is confirmed."),
        )
        yield _in_list(
            ReaderMessage,
            "answered=false",
            counts["message"],
            ngettext_lazy("message from a reader waits", "messages from readers wait", "count"),
            gettext("No message from a reader waits."),
        )


def _counts() -> Counter[str]:
    """Return how many rows wait of each kind. One query."""
    waiting: dict[str, QuerySet[Any]] = {
        "entry": Coordinator.objects.filter(live=True).unconfirmed_for(UNCONFIRMED_FOR),
        "service": SupportService.objects.filter(confirmed_on=None),
        "message": ReaderMessage.objects.filter(answered_at=None),
    }
    first, *others = [plain(rows).values_list(Value(kind), "pk") for kind, rows in waiting.items()]
    return Counter(kind for kind, _pk in first.union(*others).order_by())


def _counties() -> CareItem:
    count = len(unreachable_counties())
    return CareItem(
        count=count,
        label=ngettext("county has no coordinator to reach", "counties have no coordinator to reach", count),
        all_well=gettext("Every county has a coordinator to reach."),
        url=reverse(CountiesWithoutCoordinatorView.index_url_name),
    )


def _changes() -> CareItem:
    count = len(unread_changes())
    return CareItem(
        count=count,
        label=ngettext("change by a coordinator is not read", "changes by coordinators are not read", count),
        all_well=gettext("Every change by a coordinator is read."),
        url=reverse(UnreadChangesView.index_url_name),
    )


def _in_list(model: Any, query: str, count: int, label: Any, all_well: str) -> CareItem:
    """Return what the rows of a list wait for, of which a query shows so many."""
    url = f"{reverse(model.snippet_viewset.get_url_name('list'))}?{query}"
    numbers = {"count": count, "days": UNCONFIRMED_FOR}
    return CareItem(count=count, label=label % numbers, all_well=all_well, url=url)
