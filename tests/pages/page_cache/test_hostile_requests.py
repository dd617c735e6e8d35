"""Hostile requests: none ends in an error 500, none changes what others read, and the store does not grow with them.

HOSTILE_REQUESTS=10000 sends 10,000 instead of 1,000.
"""

import os
from itertools import batched

import pytest

from pages.page_cache.safety_net import BUILT
from tests.pages.page_cache.hostile_requests import hostile_requests
from tests.pages.page_cache.processes import Site

# The site is a copy of what it sets up; two of them at once would keep each other waiting.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("ready"), pytest.mark.long]

COUNT = int(os.environ.get("HOSTILE_REQUESTS", "1000"))
# The paths that the requests know, in the choices that there are of them.
MOST_ENTRIES = 400


def test_hostile_requests_break_poison_and_fill_nothing(site: Site):
    reader = site.readers[0]
    before = reader.do("memory")
    for number, some in enumerate(batched(hostile_requests(COUNT, "ready pages"), 250)):
        answers = reader.do("send", requests=some)
        wrong = [answer for answer in answers if answer[1] >= 500]
        assert wrong == [], number
        assert {status for _request, status in answers} >= {200, 404, 405}
    assert reader.do("poisoned") == []
    assert 20 < reader.do("stored") <= MOST_ENTRIES
    files = [path for path in (site.folder / "current").resolve().rglob("*") if path.is_file()]
    assert len(files) <= 10 * MOST_ENTRIES
    assert {path.relative_to(site.folder).parts[1] for path in files} <= {"localhost", "127.0.0.1", "[::1]", BUILT}
    assert reader.do("memory") - before < 60
