"""The site as a reader's browser meets it: `manage.py serve` on its own database and folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError

from tests.pages.startup.starting import SERVE_APPLICATION, Place, Start, free_port

# What the starter content does not have: a part of the manual that was replaced, and versions that were withdrawn.
TAKEN_BACK = """
from uuid import uuid4
from django.utils import timezone
from pages.models import ManualPart, PublishedVersion
there = ManualPart.objects.first()
ManualPart.objects.create(id=uuid4(), code="replaced", step_key=there.step_key, replaced_by=there)
for version in PublishedVersion.objects.filter(page__slug__in=["om-webbplatsen", "about-this-site"]):
    version.withdrawn_on, version.reason = timezone.localdate(), "Ett nummer var fel."
    version.save()
"""
NO_DATABASE = "postgresql://127.0.0.1:1/none"  # nothing listens on port 1: refused at once


@dataclass(frozen=True, slots=True)
class Site:
    """A running site; `passwords` are those of the sign-ins that the first start shows."""

    address: str
    folder: Path
    passwords: dict[str, str]


@contextmanager
def running_site(place: Place, **variables: str) -> Iterator[Site]:
    """Start the site with `manage.py serve` where there is content but nobody who signs in, and stop it afterwards."""
    # To build all pages ahead takes a core for five seconds, at the start and after each change; ten are the start
    # pages and what was read most.
    with place.start(SITE_URL=f"http://127.0.0.1:{place.port}", PAGES_AHEAD="10", **variables) as start:
        start.wait_for_answer()
        place.manage("shell", "--verbosity", "0", "--command", TAKEN_BACK)
        yield Site(start.address, place.folder, start.passwords)


@contextmanager
def running_without_database(folder: Path) -> Iterator[Site]:
    """Start a second server on a prepared folder whose database does not answer."""
    place = Place(folder, NO_DATABASE, free_port())
    address = f"http://127.0.0.1:{place.port}"
    with place.run("-c", SERVE_APPLICATION, str(place.port), address=address, SITE_URL=address) as start:
        start.wait_until(lambda: _answers_with_error(start))
        yield Site(address, folder, {})


def _answers_with_error(start: Start) -> bool:
    try:
        return start.answers()
    except HTTPError:
        return True
