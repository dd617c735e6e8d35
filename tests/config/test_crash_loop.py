"""A process that is killed again and again while readers ask: what was cached is there for all of them."""

import os
import random
import signal
import time
from pathlib import Path

import pytest

from tests.config.load import Load, ask
from tests.config.nginx import configure, need_nginx, running_nginx
from tests.conftest import CopySite
from tests.pages.page_cache.processes import PATIENCE, wait_until
from tests.pages.startup.starting import free_port

pytestmark = pytest.mark.drill

KILLS = int(os.environ.get("KILLS", "10"))
CACHED = ("/", "/en/", "/manual/", "/manual/akut-skydd/", "/en/manual/emergency-protection/", "/vagledning/tecken/")


def choose(chance: random.Random) -> tuple[str, str]:
    """Return a request for a cached page."""
    path = chance.choice(CACHED)
    return path, path


def test_no_cached_page_is_missing_while_a_process_is_killed_again_and_again(copy_site: CopySite, tmp_path: Path):
    need_nginx()
    place, port = copy_site(), free_port()
    configure(tmp_path, port, place)
    chance = random.Random(10)  # noqa: S311  (the same moments each time)
    load = Load(port, choose)
    with running_nginx(tmp_path, port):
        with place.start() as first:
            first.wait_for_answer()
            wait_until((place.folder / "ready/current/.built").exists, PATIENCE)
            wait_until(lambda: all("nginx; hit" in ask(port, path)[1] for path in CACHED), PATIENCE)
            os.killpg(first.process.pid, signal.SIGKILL)
        with load.running():
            # A link of the killed process leads nginx for twenty seconds more.
            wait_until(lambda: any("application-away" in source for source in load.sources()), 2 * PATIENCE)
            for _number in range(KILLS):
                with place.start() as start:
                    start.wait_until(lambda start=start: "Serving" in start.output)
                    time.sleep(chance.uniform(0, 4))
                    os.killpg(start.process.pid, signal.SIGKILL)
    assert load.statuses() == {200}, load.answers
    assert load.total > 20 * KILLS
    assert any("application-away" in source for source in load.sources())
    assert any("away" not in source for source in load.sources())  # while a process served
