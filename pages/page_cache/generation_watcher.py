"""The watcher decides which generation is in use: it asks the database for the site version many times a second."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Condition, Thread

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection

from pages.fingerprint import fingerprint
from pages.models.site_version import site_version
from pages.page_cache.folder import Folder
from pages.page_cache.generation import CLOCK_CORRECTION, Generation, GenerationKey

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.05
MAX_AGE = 0.5  # seconds; without an answer of the database for longer, it is away
SILENCE = 2.0  # seconds after which the watch itself has stopped: what is cached may be old
PATIENCE = 1.0  # seconds for which who has saved something waits until readers see it
HEAD_START = 0.35  # seconds at most in which pages of a new generation are built before it is used
REMOVAL_SECONDS = 5  # so long an old generation is kept for requests that have begun to read it


def code_fingerprint() -> str:
    """Return a fingerprint of the code, templates and settings that pages are made with."""
    roots = ("config", "contacts", "pages", "resources", "templates", "locale", "static")
    files = (path for root in roots for path in (settings.BASE_DIR / root).rglob("*.*") if path.suffix != ".pyc")
    database = settings.DATABASES["default"]
    names = [database.get(name) for name in ("HOST", "PORT", "NAME")]
    return fingerprint(files, settings.SITE_URL, settings.SITE_LIVE, *names)


def read_version() -> int:
    """Return the site version, read through this thread's own connection. One query."""
    connection.close_if_unusable_or_obsolete()
    try:
        return site_version()
    except DatabaseError:
        connection.close()
        raise


class GenerationWatcher:
    """Holds the generation in use, and replaces it when the version changes or something in it expires.

    `current` is None until the first answer of the database, and while another version of the code
    has taken over the folder: then everything is for Django. `is_away` tells that the database does not answer.
    `now` returns seconds since 1970, `monotonic` seconds that never go back.
    """

    def __init__(
        self,
        folder: Folder,
        warm: Callable[[Generation], None],
        *,
        code: str = "",
        version: Callable[[], int] = read_version,
        now: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.current: Generation | None = None
        self.is_away = False
        self.checked = 0.0  # monotonic
        self._folder = folder
        self._warm = warm
        self._code = code or code_fingerprint()
        self._version = version
        self._now = now
        self._monotonic = monotonic
        self._has_begun = False
        self._is_asking = False
        self._next: Generation | None = None
        self._deadline = 0.0  # monotonic; the head start of `_next` ends
        self._removed = 0.0  # monotonic
        self._answered = Condition()

    def start(self) -> None:
        """Watch from now on, in this process."""
        Thread(target=self._watch, name="page cache: watch", daemon=True).start()

    def is_up_to_date(self) -> bool:
        """Tell whether the generation in use is that of half a second ago or later; wait a moment for the answer."""
        age = self._monotonic() - self.checked
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
            self._answered.wait_for(lambda: not self.current or self.current.key.version >= version, PATIENCE)

    def poll(self) -> None:
        """Ask for the version once, and bring the generation in use up to date."""
        try:
            self._check()
        except Exception as error:
            if not isinstance(error, DatabaseError):
                logger.exception("The page cache could not be brought up to date.")
            self._lose()

    def _watch(self) -> None:
        while True:
            began = self._monotonic()
            self.poll()
            time.sleep(max(0.0, POLL_SECONDS - (self._monotonic() - began)))

    def _lose(self) -> None:
        """Go on without a database: with what there is, or what another process of this code has left."""
        if not self.is_away:
            logger.warning("The database does not answer; cached pages go on.")
        self.is_away = True
        with suppress(OSError):
            self._folder.close_to_nginx()
        key = self._folder.current()
        if self.current is None and key and key.fingerprint == self._code:
            self.current = Generation(key)
            self.current.is_in_use = True

    def _ask(self) -> int:
        self._is_asking = True
        try:
            return self._version()
        finally:
            self._is_asking = False

    def _check(self) -> None:
        began = self._monotonic()
        version = self._ask()
        self._advance(version, self._now())
        if self.is_away:
            logger.warning("The database answers again.")
        self.is_away = False
        with self._answered:
            self.checked = began
            self._answered.notify_all()
        self._serve_nginx()

    def _advance(self, version: int, now: float) -> None:
        """Begin the next generation where the one in use is over; use it when it is built or has had its head start."""
        key = self._folder.current()
        if not self._has_begun:
            self._swap(now, after=now)
            self._has_begun = True
            return
        if key is not None and key.fingerprint != self._code:
            self.current = self._next = None
            return
        current = self.current
        for generation in filter(None, (current, self._next)):
            generation.notice_time(now)
        if current and not self._is_over(current, version, key, now):
            self._next = None
            return
        if self._next is None or self._next.key.version != version:
            is_first = self._next is None
            self._next = Generation(GenerationKey.of(version, self._code, now))
            self._next.inherit(current, now)
            if is_first:
                self._deadline = self._monotonic() + HEAD_START
            self._warm(self._next)
        if self._next.is_built or self._monotonic() >= self._deadline:
            self._swap(now, after=current.expired_at(now) if current else 0.0)

    def _is_over(self, current: Generation, version: int, key: GenerationKey | None, now: float) -> bool:
        if version != current.key.version or (current.is_in_folder and key != current.key):
            return True
        return not current.is_valid_at(now)

    def _swap(self, now: float, after: float) -> None:
        """Use the next generation, or another that some process has begun after a time (seconds since 1970).

        The version is read under the lock, so that the last swap has the last version. Without the
        folder a process goes on by itself.
        """
        try:
            with self._folder.locked():
                generation = self._upcoming(now)
                self._join_or_begin(generation, now, after)
        except OSError:
            logger.exception("The folder of cached pages cannot be written; they are kept in memory alone.")
            generation = self._upcoming(now)
            generation.is_in_folder = False
        generation.is_in_use = True
        generation.inherit(self.current, now)
        self.current, self._next = generation, None
        self._warm(generation)
        # Readers do not wait for the files. What is built from now on is written by who builds it.
        for key, response in list(generation.responses.items()):
            self._folder.write(generation.key, key, response)

    def _upcoming(self, now: float) -> Generation:
        version = self._ask()
        upcoming = self._next
        if upcoming and upcoming.key.version == version and upcoming.is_valid_at(now):
            return upcoming
        return Generation(GenerationKey.of(version, self._code, now))

    def _join_or_begin(self, generation: Generation, now: float, after: float) -> None:
        key = self._folder.current()
        if key and self._may_join(key, generation.key.version, now, after):
            generation.key = key
        else:
            self._folder.begin(generation.key)

    def _may_join(self, key: GenerationKey, version: int, now: float, after: float) -> bool:
        """Tell whether a generation is what is wanted, and not the one that is over."""
        if self.current and key == self.current.key:
            return False
        is_wanted = (key.version, key.fingerprint) == (version, self._code)
        return is_wanted and after < key.began <= now + CLOCK_CORRECTION

    def _serve_nginx(self) -> None:
        """Let nginx read what is in use; where the folder cannot be written it asks the application."""
        try:
            if self.current and self.current.is_in_folder:
                self._folder.open_to_nginx(self._now())
                self._remove_old(self.current)
            else:
                self._folder.close_to_nginx()
        except OSError:
            logger.exception("The folder of cached pages cannot be written; nginx asks the application.")

    def _remove_old(self, current: Generation) -> None:
        now = self._monotonic()
        if now - self._removed > REMOVAL_SECONDS < self._now() - current.key.began:
            self._removed = now
            # Not here: to remove thousands of files takes longer than the next version may wait.
            Thread(target=self._folder.remove_old, name="page cache: remove", daemon=True).start()
