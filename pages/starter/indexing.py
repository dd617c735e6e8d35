"""What is found of the content, here and in Wagtail's indexes of words and of references, while a lot is saved."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db.models.signals import post_save
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.signal_handlers import disable_reference_index_auto_update

from pages.search.entries import written_at_the_end


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Leave what is saved out of the indexes, and index everything at the end, which takes a third of the time.

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
