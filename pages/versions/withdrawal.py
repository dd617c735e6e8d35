"""Withdrawing a version: its texts also go from what has changed."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import override

from pages.manual.models.changes import PartChange
from pages.manual.models.parts import anchor
from pages.manual.references import CODE
from pages.versions.models import PublishedVersion

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
