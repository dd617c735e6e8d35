"""What changed in the manual: the page of changes and the feed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from wagtail.models import Page

from pages.manual.index import IndexedPart, ManualIndex, replacement_of
from pages.manual.models.changes import ChangeKind, PartChange
from pages.manual.references import part_address
from pages.render_context import set_canonical_query

FEED_LENGTH = 50
FIRST_YEAR = 2000  # no manual is older; what is out of range is nobody's link


def changes_page(manual: Page, parameters: Mapping[str, str], index: ManualIndex) -> dict[str, Any]:
    """Return what the page of changes shows: one year by day, the last first. Three queries at most."""
    changes = changes_of(manual).select_related("part__replaced_by")
    years = [moment.year for moment in changes.datetimes("changed_at", "year", order="DESC")]
    wanted = parameters.get("year", "")
    year = int(wanted) if wanted.isdecimal() and int(wanted[:5]) in years else next(iter(years), None)
    if wanted == str(year):
        set_canonical_query(f"year={year}")
    shown = changes.filter(changed_at__year=year) if year else changes.none()
    days = groupby(shown, key=lambda change: timezone.localdate(change.changed_at))
    return {
        "years": years,
        "year": year,
        "days": [(day, [_with_part_now(change, index) for change in of_day]) for day, of_day in days],
    }


def changes_of(manual: Page) -> QuerySet[PartChange]:
    """Return the changes in a manual, the last first: in its language, without those of another manual's steps."""
    steps = Page.objects.exclude(manualsteppage=None).filter(locale=manual.locale_id)
    elsewhere = steps.not_descendant_of(manual)
    changes = PartChange.objects.filter(locale=manual.locale_id)
    return changes.exclude(part__step_key__in=elsewhere.values("translation_key"))


def _with_part_now(change: PartChange, index: ManualIndex) -> tuple[PartChange, IndexedPart | None, IndexedPart | None]:
    """Return a change with where its part is now; where it is no more, with what replaced it."""
    part = index.part(change.part.code)
    return change, part, None if part else replacement_of(change.part, index)


def since(parameters: Mapping[str, str]) -> date | None:
    """Return the date of `?since=2026-10-01`; None without one that can be read."""
    try:
        wanted = date.fromisoformat(parameters.get("since", ""))
    except ValueError:
        return None
    return wanted if wanted.year >= FIRST_YEAR else None


@dataclass(frozen=True, slots=True)
class ChangedParts:
    """The codes of the parts that readers should read again, since a day."""

    day: date
    codes: frozenset[str]


def changed_parts(parameters: Mapping[str, str], locale_id: int) -> ChangedParts | None:
    """Return the parts that are new or say something else since the day of `?since=`. One query, or none without it."""
    day = since(parameters)
    if day is None:
        return None
    start = timezone.make_aware(datetime.combine(day, time()))
    kinds = [ChangeKind.ADDED, ChangeKind.CHANGED, ChangeKind.RETURNED]
    changes = PartChange.objects.filter(locale=locale_id, kind__in=kinds, is_minor=False, changed_at__gte=start)
    return ChangedParts(day, frozenset(changes.values_list("part__code", flat=True)))


class ChangesFeed(Feed):
    """The changes as an Atom feed; minor edits are not news."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, manual: Page) -> Page:
        """Return the manual whose changes these are."""
        self.language = manual.locale.language_code
        return manual

    def title(self, manual: Any) -> str:
        """Name the feed after the manual, with its edition: each entry gives a permanent address."""
        changes = _("Changes in %(manual)s") % {"manual": manual.heading or manual.title}
        return f"{changes} – {manual.edition_mark}"

    def link(self, manual: Page) -> str:
        """Lead to the page of changes."""
        return settings.SITE_URL + manual.url + manual.reverse_subpage("changes")

    def feed_url(self, manual: Page) -> str:
        """Return the feed's own address."""
        return settings.SITE_URL + manual.url + manual.reverse_subpage("changes_feed")

    def author_name(self, manual: Page) -> str:
        """Name who answers for it, which Atom asks for."""
        return manual.responsible_unit or settings.WAGTAIL_SITE_NAME

    def items(self, manual: Page) -> list[PartChange]:
        """Return the last changes that readers should know of."""
        return list(changes_of(manual).filter(is_minor=False).select_related("part")[:FEED_LENGTH])

    def item_title(self, item: PartChange) -> str:
        """Say which part, and what happened to it."""
        return f"{item.heading} ({item.get_kind_display()})"

    def item_description(self, item: PartChange) -> str:
        """Return the editor's note."""
        return item.note or str(item.get_kind_display())

    def item_link(self, item: PartChange) -> str:
        """Lead to the part, wherever it is by then."""
        return settings.SITE_URL + part_address(item.part.code)

    def item_guid(self, item: PartChange) -> str:
        """Tell the change from others of the same part."""
        return f"{self.item_link(item)}#change-{item.pk}"

    def item_pubdate(self, item: PartChange) -> datetime:
        """Return when it was published."""
        return item.changed_at

    item_updateddate = item_pubdate
