"""What happens by itself: the site version rises with every change that readers see, and versions are kept."""

from typing import Any

from django.db import transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, Revision
from wagtail.signals import copy_for_translation_done, page_published, page_unpublished, post_page_move

from pages.manual.pages.step import ManualStepPage
from pages.manual.publication import empty_notes_of, record_removal
from pages.models.base import BasePage
from pages.models.site_version import raise_site_version
from pages.registry import is_readable
from pages.removed.keeping import forget_removed, note_removed
from pages.search import entries
from pages.templatetags.sharing import cut_address, get_shared_picture
from pages.translations.marks import empty_translation
from pages.versions.snapshots import keep_snapshot

# What Wagtail writes to a live page or snippet when only its draft changed.
DRAFT_FIELDS = frozenset({"draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"})


@receiver(post_save)
def raise_version_on_save(
    sender: type, instance: Any, raw: bool, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    is_draft = update_fields is not None and update_fields <= DRAFT_FIELDS
    if raw:
        return  # of a fixture: what it belongs to may not be there yet
    if not is_draft and (isinstance(instance, Page) or is_readable(sender)):
        with transaction.atomic():  # who sees the version sees the entries
            raise_site_version()
            write_entries(instance)


def write_entries(instance: Any) -> None:
    """Write what readers find of a saved page or row."""
    if entries.are_put_off():
        return
    if not isinstance(instance, Page):
        entries.write_row(instance)
    elif isinstance(page := instance.specific if type(instance) is Page else instance, BasePage):
        entries.write_page(page)


@receiver(post_save)
def write_review(sender: type, instance: Any, **kwargs: Any) -> None:
    # What the form took; a draft is saved too, though not as what readers see.
    if values := getattr(instance, "review_values", None):
        instance.reviews.update_or_create(defaults=values)


@receiver(post_delete)
def raise_version_on_delete(sender: type, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page) or is_readable(sender):
        with transaction.atomic():
            raise_site_version()
            if not isinstance(instance, Page):  # those of a page go with it
                entries.remove_row(instance)


@receiver(m2m_changed)
def raise_version_on_relation(sender: type, instance: Any, action: str, raw: bool = False, **kwargs: Any) -> None:
    if not raw and action.startswith("post_") and is_readable(type(instance)):
        with transaction.atomic():
            raise_site_version()
            write_entries(instance)


@receiver(post_page_move)
def raise_version_on_move(sender: type, **kwargs: Any) -> None:
    # treebeard moves pages, and reorders siblings, with raw SQL
    raise_site_version()


@receiver(page_unpublished)
def keep_removed_page(sender: type, instance: Page, **kwargs: Any) -> None:
    note_removed(instance)


@receiver(page_published)
def forget_removed_page(sender: type, instance: Page, **kwargs: Any) -> None:
    if instance.live:
        forget_removed(instance)


@receiver(page_published)
def keep_published_version(sender: type, instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, BasePage) and instance.live:  # Wagtail sends this also when it is only given a time
        keep_snapshot(instance)  # which makes the sizes of its pictures that are missing
        if picture := get_shared_picture(instance):
            cut_address(picture)


@receiver(page_published)
def empty_published_notes(sender: type, instance: Page, revision: Revision | None, **kwargs: Any) -> None:
    if revision and instance.live and isinstance(instance, ManualStepPage):
        empty_notes_of(revision)


# Wagtail unpublishes and deletes a page by its base class, so that the step's own methods are not called.
@receiver(page_unpublished)
@receiver(pre_delete, sender=ManualStepPage)
def tell_removed_parts(sender: type, instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, ManualStepPage):
        record_removal(instance)


@receiver(copy_for_translation_done)
def leave_out_the_words(sender: type, target_obj: Any, **kwargs: Any) -> None:
    if isinstance(target_obj, BasePage) and not target_obj.alias_of_id:
        empty_translation(target_obj)
