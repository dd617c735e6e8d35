"""A generation switch and watcher on a folder of the test, with a clock and a database that the test sets."""

from collections.abc import Callable
from pathlib import Path

from django.db import DatabaseError

from pages.page_cache.cached_response import CachedResponse
from pages.page_cache.folder import Folder
from pages.page_cache.generation import Generation, GenerationKey
from pages.page_cache.generation_switch import HEAD_START, GenerationSwitch
from pages.page_cache.generation_watcher import GenerationWatcher

CODE = "0123456789ab"
OTHER_CODE = "ba9876543210"
NOON = 1_796_000_000.0  # seconds since 1970
MIDNIGHT = NOON + 12 * 3600
PAGE = ("localhost", "/vagledning/", "")


class World:
    """The clocks and the database that all processes of a test share."""

    def __init__(self) -> None:
        self.now = NOON
        self.monotonic = 1000.0
        self.version = 1
        self.is_away = False

    def read_version(self) -> int:
        if self.is_away:
            raise DatabaseError
        return self.version

    def pass_time(self, seconds: float) -> None:
        """Let time pass, on both clocks."""
        self.now += seconds
        self.monotonic += seconds


class Process:
    """One process of the site, which polls when the test says so."""

    def __init__(
        self, world: World, root: Path, *, code: str = CODE, read_version: Callable[[], int] | None = None
    ) -> None:
        self.world = world
        self.warmed: list[Generation] = []
        self.folder = Folder(root)
        self.switch = GenerationSwitch(
            self.folder,
            self.warmed.append,
            code=code,
            read_version=read_version or world.read_version,
            now=lambda: world.now,
            monotonic=lambda: world.monotonic,
        )
        self.watcher = GenerationWatcher(
            self.folder, self.switch, now=lambda: world.now, monotonic=lambda: world.monotonic
        )

    @property
    def current(self) -> Generation:
        """The generation in use."""
        assert self.switch.current is not None
        return self.switch.current

    @property
    def key(self) -> GenerationKey:
        """The key of the generation in use."""
        return self.current.key

    def poll(self, after: float = 0.05) -> None:
        """Let time pass (seconds) and poll."""
        self.world.pass_time(after)
        self.watcher.poll()

    def settle(self) -> None:
        """Poll until a generation that was due is in use."""
        self.poll()
        self.poll(HEAD_START)

    def build(self, text: str = "", expires_at: float = MIDNIGHT) -> CachedResponse:
        """Build the page in the generation in use."""
        response = a_response(text, expires_at)
        self.current.store(PAGE, response)
        self.folder.write(self.key, PAGE, response)
        return response


def a_response(text: str = "", expires_at: float = MIDNIGHT) -> CachedResponse:
    """Return a page with a text."""
    body = text.encode() + b"x" * 300
    return CachedResponse.build("200 OK", [("Content-Type", "text/html; charset=utf-8")], body, body, expires_at)
