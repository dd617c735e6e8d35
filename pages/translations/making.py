"""Making a translation with one press, below those of the pages above it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.models import Locale, Page


@transaction.atomic
def make_translation(original: Page, locale: Locale, user: Any) -> Page:
    """Return the translation of a page, made with those that are missing above it; raise PermissionDenied."""
    made = original
    for page in original.get_ancestors(inclusive=True).filter(depth__gt=1).specific():
        made = page.get_translation_or_none(locale)
        if made is None:
            parent = page.get_parent()
            above = parent.get_translation_or_none(locale) if parent.depth > 1 else parent
            if not above.permissions_for_user(user).can_add_subpage():
                raise PermissionDenied
            made = CopyPageForTranslationAction(page, locale, user=user).execute()
    return made
