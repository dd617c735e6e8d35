"""Removed pages are written down when they are taken down, and forgotten when they are there again."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from pages.removed.models import RemovedPage


def note_removed(page: Page) -> None:
    """Write down that readers can read a page no more."""
    known = {
        "title": page.title,
        "locale_id": page.locale_id,
        "page": page,
        "removed_at": timezone.now(),
        "reason": "",
        "replaced_by": None,
    }
    RemovedPage.objects.update_or_create(url_path=page.url_path, defaults=known)


def forget_removed(page: Page) -> None:
    """Forget what is published again, or what something else is published in place of."""
    for row in RemovedPage.objects.filter(Q(url_path=page.url_path) | Q(page=page.pk)):
        row.delete()


def explain_removed(page_ids: set[int], reason: str, replaced_by: Page | None) -> None:
    """Say why pages that were just taken down are, and what is to be read instead."""
    for row in RemovedPage.objects.filter(page__in=page_ids):
        row.reason, row.replaced_by = reason, replaced_by
        row.save()


def removed_at(url_path: str) -> Any:
    """Return what is known of the page that was at a path; None where none was. One query."""
    return RemovedPage.objects.filter(url_path=url_path).first()
