"""A site of three processes on a copy of the starter content, and processes whose clock the test sets."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CopySite
from tests.pages.page_cache.generations import Process, World
from tests.pages.page_cache.processes import Site

# More than can be built before a new version is used; to build all takes the three processes fifteen seconds of a core.
PAGES_AHEAD = os.environ.get("PAGES_AHEAD") or "30"


@pytest.fixture(scope="module")
def site(copy_site: CopySite) -> Iterator[Site]:
    """The site, its clock on a working day at ten, the support line open from eight to four every day."""
    site = Site(copy_site().environment() | {"PAGES_AHEAD": PAGES_AHEAD})
    try:
        site.set_clock("2026-11-24T10:00+01:00")
        site.editor.do("set_hours", opens=8, closes=16)
        site.settle()
        yield site
    finally:
        site.close()


@pytest.fixture
def world() -> World:
    """The clocks and the database of the processes that `start` starts."""
    return World()


@pytest.fixture
def start(world: World, tmp_path: Path) -> Callable[..., Process]:
    """Start a process and let it poll once."""

    def start(**options: Any) -> Process:
        process = Process(world, tmp_path / "ready", **options)
        process.watcher.poll()
        return process

    return start
