"""The site with an entry, on the day on which its model begins."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.contacts.own_entry.entry_world import START, World
from tests.mail import MailFolder


@pytest.fixture
def world(db: None, mail: MailFolder, django_capture_on_commit_callbacks) -> Iterator[World]:
    """Return the entry with who may change it; the clock stands still."""
    with time_machine.travel(f"{START}T10:00+00:00", tick=False):
        yield World(mail, lambda: django_capture_on_commit_callbacks(execute=True), published_by=0)
