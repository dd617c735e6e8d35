"""Which generation is in use: every process asks the database for the version of the site, several times a second."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Condition, Thread

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection

from pages.fingerprint import fingerprint
from pages.models import site_version
from pages.page_cache.folder import Folder, Name
from pages.page_cache.generation import CLOCK_CORRECTION, Generation

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.05
MAX_AGE = 0.5  # seconds; without an answer of the database for longer, it is away
SILENCE = 2.0  # seconds after which the watch itself has stopped: what is ready may be old
PATIENCE = 1.0  # seconds for which who has saved something waits until readers see it
HEAD_START = 0.35  # seconds at most in which pages of a new generation are built before it is used
SWEEP_SECONDS = 5  # so long a generation is kept for requests that have begun to read it


def code_fingerprint() -> str:
    """Return a digest of the code, templates and settings that pages are made with."""
    roots = ("config", "contacts", "pages", "resources", "templates", "locale", "static")
    files = (path for root in roots for path in (settings.BASE_DIR / root).rglob("*.*") if path.suffix != ".pyc")
    database = (str(settings.DATABASES["default"].get(name)) for name in ("HOST", "PORT", "NAME"))
    return fingerprint(files, settings.SITE_URL, str(settings.SITE_LIVE), *database)


class Generations:
    """The generation in use, watched by a thread.

    `current` is None until the first answer of the database, and while another version of the code
    has taken over the folder: then everything is for Django. `is_away` tells that the database does not answer.
    """

    def __init__(self, folder: Folder, warm: Callable[[Generation], None]) -> None:
        self.current: Generation | None = None
        self.is_away = False
        self.checked = 0.0  # monotonic
        self._folder = folder
        self._fingerprint = code_fingerprint()
        self._warm = warm
        self._started = False
        self._is_asking = False
        self._next: Generation | None = None
        self._deadline = 0.0
        self._swept = 0.0
        self._answered = Condition()

    def start(self) -> None:
        """Watch from now on, in this process."""
        Thread(target=self._watch, name="ready pages: watch", daemon=True).start()

    def is_fresh(self) -> bool:
        """Tell whether the generation in use is that of half a second ago or later; wait a moment for the answer."""
        age = time.monotonic() - self.checked
        if age <= MAX_AGE:
            return not self.is_away
        if self.checked and age > SILENCE:
            return False
        if not self.is_away:
            with self._answered:
                before = self.checked
                answered = self._answered.wait_for(lambda: self.checked > before, timeout=MAX_AGE)
            if not answered and self._is_asking:  # else the machine is slow, and not the database
                self._lose()
        return not self.is_away

    def wait_for_readers(self, version: int) -> None:
        """Wait until readers of this process see what was committed, so that "saved" is true when it is read."""
        with self._answered:
            self._answered.wait_for(lambda: not self.current or self.current.name.version >= version, PATIENCE)

    def _watch(self) -> None:
        while True:
            began = time.monotonic()
            try:
                connection.close_if_unusable_or_obsolete()
                self._check()
            except Exception as error:
                if not isinstance(error, DatabaseError):
                    logger.exception("The ready pages could not be brought up to date.")
                connection.close()
                self._lose()
            time.sleep(max(0.0, POLL_SECONDS - (time.monotonic() - began)))

    def _lose(self) -> None:
        """Go on without a database: with what there is, or what another process of this code has left."""
        if not self.is_away:
            logger.warning("The database does not answer; ready pages go on.")
        self.is_away = True
        with suppress(OSError):
            self._folder.show_no_life()
        name = self._folder.current()
        if self.current is None and name and name.fingerprint == self._fingerprint:
            self.current = Generation(name)
            self.current.is_in_use = True

    def _ask(self) -> int:
        self._is_asking = True
        try:
            return site_version()
        finally:
            self._is_asking = False

    def _check(self) -> None:
        began = time.monotonic()
        version = self._ask()
        self._advance(version, time.time())
        if self.is_away:
            logger.warning("The database answers again.")
        self.is_away = False
        with self._answered:
            self.checked = began
            self._answered.notify_all()
        self._show_life()

    def _advance(self, version: int, now: float) -> None:
        """Begin the next generation where the one in use is over; use it when it is built or has had its head start."""
        name = self._folder.current()
        if not self._started:
            self._started = True
            self._swap(now, since=now)
            return
        if name is not None and name.fingerprint != self._fingerprint:
            self.current = self._next = None
            return
        current = self.current
        for generation in filter(None, (current, self._next)):
            generation.see(now)
        if current and not self._is_over(current, version, name, now):
            self._next = None
            return
        if self._next is None or self._next.name.version != version:
            is_first = self._next is None
            self._next = Generation(Name.of(version, self._fingerprint, now))
            self._next.follow(current, now)
            if is_first:
                self._deadline = time.monotonic() + HEAD_START
            self._warm(self._next)
        if self._next.is_built or time.monotonic() >= self._deadline:
            self._swap(now, since=current.turned_at(now) if current else 0.0)

    def _is_over(self, current: Generation, version: int, name: Name | None, now: float) -> bool:
        if version != current.name.version or (current.is_shared and name != current.name):
            return True
        return not current.holds_at(now)

    def _swap(self, now: float, since: float) -> None:
        """Use the next generation, or another that some process has begun after `since`.

        The version is read under the lock, so that the last swap has the last version. Without the
        folder a process goes on by itself.
        """
        try:
            with self._folder.locked():
                generation = self._upcoming(now)
                self._share(generation, now, since)
        except OSError:
            logger.exception("The folder of ready pages cannot be written; they are kept in memory alone.")
            generation = self._upcoming(now)
            generation.is_shared = False
        generation.is_in_use = True
        generation.follow(self.current, now)
        self.current, self._next = generation, None
        self._warm(generation)
        # Readers do not wait for the files. What is built from now on is written by who builds it.
        for key, entry in list(generation.entries.items()):
            self._folder.write(generation.name, key, entry)

    def _upcoming(self, now: float) -> Generation:
        version = self._ask()
        upcoming = self._next
        if upcoming and upcoming.name.version == version and upcoming.holds_at(now):
            return upcoming
        return Generation(Name.of(version, self._fingerprint, now))

    def _share(self, generation: Generation, now: float, since: float) -> None:
        name = self._folder.current()
        if name and self._may_join(name, generation.name.version, now, since):
            generation.name = name
        else:
            self._folder.begin(generation.name)

    def _may_join(self, name: Name, version: int, now: float, since: float) -> bool:
        """Tell whether a generation is what is wanted, and not the one that is over."""
        if self.current and name == self.current.name:
            return False
        is_wanted = (name.version, name.fingerprint) == (version, self._fingerprint)
        return is_wanted and since < name.began <= now + CLOCK_CORRECTION

    def _show_life(self) -> None:
        """Let nginx read what is in use; where the folder cannot be written it asks the application."""
        try:
            if self.current and self.current.is_shared:
                self._folder.show_life(time.time())
                self._sweep()
            else:
                self._folder.show_no_life()
        except OSError:
            logger.exception("The folder of ready pages cannot be written; nginx asks the application.")

    def _sweep(self) -> None:
        now = time.monotonic()
        if self.current and now - self._swept > SWEEP_SECONDS < time.time() - self.current.name.began:
            self._swept = now
            # Not here: to remove thousands of files takes longer than the next version may wait.
            Thread(target=self._folder.sweep, name="ready pages: sweep", daemon=True).start()
