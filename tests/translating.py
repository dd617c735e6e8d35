"""Translations for tests, with the texts of their originals, as if a translator had written them."""

from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.models import Locale, Page


def translated_copy(page: Page, locale: Locale) -> Page:
    """Return a new translation, not published; what its signal does, which empties the texts, is left out."""
    return CopyPageForTranslationAction(page, locale)._copy_for_translation(page, locale, False, False, None)
