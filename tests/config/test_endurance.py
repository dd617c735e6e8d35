"""Many requests between many publications: the process that serves needs no more of anything at their end."""

import os
import random
import re
import string
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import pytest

from tests.config.load import Load
from tests.config.publishing import PATH, Publisher
from tests.conftest import CopySite
from tests.pages.startup.starting import Place, Visitor
from tests.reading import ADDRESSES

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.drill,
    pytest.mark.any_database,  # what is kept is kept by the processes that serve
]

REQUESTS = int(os.environ.get("ENDURANCE_REQUESTS", "16000"))
REQUESTS_A_PUBLICATION = 500
WARM_UP = 0.5  # the part in which what is bounded is filled, and the memory of each thread
TOLERANCE = 0.05
WEIGHTS = {"page": 196, "search": 1, "lookup": 1, "county": 1, "missing": 1}


def choose(chance: random.Random) -> tuple[str, str]:
    """Return a request as readers make it: mostly for pages, the others with words that nobody has used before."""
    (kind,) = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))
    word = "".join(chance.choices(string.ascii_lowercase, k=8))
    paths = {
        "page": chance.choice(ADDRESSES),
        "search": f"/sok/?{urlencode({'q': f'barn {word}'})}",
        "lookup": f"/kontakt/?{urlencode({'q': f'lund{word[:2]}'})}",
        "county": chance.choice(["/kontakt/gotlands-lan/", "/kontakt/dalarnas-lan/", "/en/contact/kalmar-county/"]),
        "missing": f"/{word}/",
    }
    return kind, paths[kind]


def used(process: int) -> dict[str, float]:
    """Return what a process has: memory (MB, but for what it shares with files), threads, descriptors."""
    status = Path(f"/proc/{process}/status").read_text()
    anonymous, threads = (
        int(re.search(rf"^{name}:\s+(\d+)", status, re.MULTILINE)[1]) for name in ("RssAnon", "Threads")
    )
    return {
        "memory": anonymous / 1000,
        "threads": threads,
        "descriptors": len(list(Path(f"/proc/{process}/fd").iterdir())),
    }


def edition(number: int) -> str:
    """Return the lead of a publication, with four digits: a text that says 112 is refused."""
    return f"Utgåva {number:04}."


@pytest.fixture(scope="module")
def place(copy_site: CopySite) -> Place:
    """A site, copied before a test has opened a transaction."""
    return copy_site()


def test_many_requests_and_publications_leave_nothing_behind(place: Place):
    publications = REQUESTS // REQUESTS_A_PUBLICATION
    with place.start() as start:
        start.wait_for_answer()
        editor, load = Publisher(start.address, start.passwords["editor"]), Load(place.port, choose, readers=6, pause=0)
        start.wait_until((place.folder / "ready/current/.built").exists)
        samples = []
        with load.running():
            for number in range(1, publications + 1):
                editor.publish(edition(number))
                start.wait_until(lambda number=number: load.total >= number * REQUESTS_A_PUBLICATION)
                samples.append(used(start.process.pid))
        assert edition(publications) in Visitor(start.address).get(PATH)
    assert load.statuses("page", "search", "county") == {200}
    assert load.statuses("lookup") <= {200, 302}  # on to the place, where only one is meant
    assert not load.helpless
    assert load.statuses("missing") == {404}
    assert load.total >= REQUESTS
    warm = samples[int(len(samples) * WARM_UP) :]
    part = len(warm) // 4
    assert part >= 3
    begin, end = warm[:part], warm[-part:]
    for name in samples[0]:
        before, after = (median(sample[name] for sample in those) for those in (begin, end))
        assert abs(after - before) <= TOLERANCE * before, f"{name}: {before} became {after}"
