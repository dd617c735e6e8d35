"""Translations for tests, with the texts of their originals, as if a translator had written them."""

from wagtail.models import Locale, Page
from wagtail.signals import copy_for_translation_done

from pages.signals import leave_out_the_words


def translated_copy(page: Page, locale: Locale) -> Page:
    """Return a new translation, not published; what the site does to empty its texts is left out."""
    assert copy_for_translation_done.disconnect(leave_out_the_words)
    try:
        return page.copy_for_translation(locale)
    finally:
        copy_for_translation_done.connect(leave_out_the_words)
