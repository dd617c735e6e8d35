"""What is written once, at the end, while a lot is saved: first versions, and this site's and Wagtail's indexes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import page_published

from pages.models.base import BasePage
from pages.render_context import reading_once
from pages.search.entries import written_at_the_end
from pages.signals import keep_published_version


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Leave what is saved out of the indexes, and index it all at the end: page by page it took a third of the time.

    What keeps them up to date are tasks, which log an error of the database and go on: whoever loads would be told of
    the statement after it, which is refused because of it.
    """
    models = get_indexed_models()
    known = [model for model in models if post_save.disconnect(post_save_signal_handler, sender=model)]
    try:
        with written_at_the_end(), disable_reference_index_auto_update():
            yield
    finally:
        for model in known:
            post_save.connect(post_save_signal_handler, sender=model)
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)


@contextmanager
def versions_kept_at_the_end(created: Mapping[Any, BasePage]) -> Iterator[None]:
    """Keep the first version of each page when all that they link to is published."""
    page_published.disconnect(keep_published_version)
    try:
        yield
    finally:
        page_published.connect(keep_published_version)
    with reading_once():
        for page in created.values():
            keep_published_version(type(page), type(page).objects.get(pk=page.pk))
