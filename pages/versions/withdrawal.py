"""Withdrawing a version, for good: its text goes, from what has changed too, and the log says who did it and why."""

import re
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.log_actions import log
from wagtail.models import Page, PagePermissionTester
from wagtail.permissions import policy_registry

from pages.manual.models.changes import PartChange
from pages.manual.models.parts import anchor
from pages.manual.references import CODE
from pages.versions.models import PublishedVersion

WITHDRAWN = "pages.withdraw_version"
PART_ANCHOR = re.compile(rf'id="{anchor("")}({CODE})"')


def redact(version: PublishedVersion) -> None:
    """Take the texts of a withdrawn version out of what has changed, for good; there too readers see its reason.

    The changes that led to it hold its texts, and so do those that ended it: the notes of these stay.
    """
    later = PublishedVersion.objects.filter(page=version.page_id, published_at__gt=version.published_at)
    ends = list(later.order_by("published_at").values_list("published_at", flat=True)[:2]) if version.page_id else []
    changes = PartChange.objects.filter(locale=version.locale_id, changed_at__gte=version.published_at)
    changes = changes.filter(part__code__in=PART_ANCHOR.findall(version.body))
    if len(ends) > 1:
        changes = changes.filter(changed_at__lt=ends[1])
    with override(version.locale.language_code):
        said = _("Withdrawn: %(reason)s") % {"reason": version.reason}
    for change in changes:
        ended_it = bool(ends) and change.changed_at >= ends[0]
        change.note = f"{change.note.removesuffix(said)} {said}".strip() if ended_it else said
        change.before = change.after = ""
    PartChange.objects.bulk_update(changes, ["note", "before", "after"])


def may_take_down(user: Any, page_id: int | None) -> bool:
    """Tell whether someone may publish a page, or its section takes a second person; of a deleted page, any page."""
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        return bool(policy_registry.get_by_type(Page).user_has_permission(user, "publish"))
    return bool(PagePermissionTester(user, page).can_publish())


@transaction.atomic
def withdraw(version: PublishedVersion, user: Any, reason: str) -> None:
    """Take the text of a version away; what was withdrawn before gets another reason. Permissions are the caller's."""
    version.withdrawn_on = version.withdrawn_on or timezone.localdate()
    version.withdrawn_by, version.reason = user, reason
    redact(version)
    version.lead = version.body = ""
    version.save()
    page = Page.objects.filter(pk=version.page_id).first()
    published = timezone.localtime(version.published_at).isoformat(timespec="minutes")
    data = {"title": version.title, "published": published, "reason": reason}
    log(instance=page or version, action=WITHDRAWN, user=user, data=data, content_changed=True)


def withdraw_all(page_ids: set[int], user: Any, reason: str) -> int:
    """Withdraw every version of some pages that is not; return how many."""
    versions = list(PublishedVersion.objects.filter(page__in=page_ids, withdrawn_on=None))
    for version in versions:
        withdraw(version, user, reason)
    return len(versions)
