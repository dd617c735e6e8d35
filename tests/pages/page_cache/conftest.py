"""A site of three processes, on a copy of the starter content."""

from collections.abc import Iterator

import pytest

from tests.conftest import CopySite
from tests.pages.page_cache.processes import Site


@pytest.fixture(scope="module")
def site(copy_site: CopySite) -> Iterator[Site]:
    """The site, its clock on a working day at ten, the support line open from eight to four every day."""
    site = Site(copy_site().environment())
    try:
        site.set_clock("2026-11-24T10:00+01:00")
        site.editor.do("set_hours", opens=8, closes=16)
        site.settle()
        yield site
    finally:
        site.close()
