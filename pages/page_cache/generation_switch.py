"""The switch decides which generation is in use: always one of the last version, in which nothing has expired."""

import logging
import time
from collections.abc import Callable
from functools import cache

from django.db import Error as DatabaseError
from django.db import connection

from pages.fingerprint import code_fingerprint
from pages.models.site_version import SiteVersion
from pages.page_cache.folder import Folder
from pages.page_cache.generation import CLOCK_CORRECTION, Generation, GenerationKey

logger = logging.getLogger(__name__)

HEAD_START = 0.35  # seconds at most in which pages of a new generation are built before it is used


def read_version() -> int:
    """Return the site version, read through this thread's own connection. One query.

    Asked twenty times a second, it is written once: to write it takes a processor ten times as long as to ask.
    """
    connection.close_if_unusable_or_obsolete()
    try:
        with connection.cursor() as cursor:
            cursor.execute(_version_query())
            row = cursor.fetchone()
        return row[0] if row else 0
    except DatabaseError:
        connection.close()
        raise


@cache
def _version_query() -> str:
    return str(SiteVersion.objects.values_list("number").query)


class GenerationSwitch:
    """Replaces the generation in use when the version changes, something in it expires or the clock is put back.

    `current` is None until the first answer of the database, and while another version of the code
    has taken over the folder: then everything is for Django. `is_asking` is true while the database is asked.
    `read_version` may raise an error of the database; `now` returns seconds since 1970, `monotonic` seconds
    that never go back.
    """

    def __init__(
        self,
        folder: Folder,
        warm: Callable[[Generation], None],
        *,
        code: str = "",
        read_version: Callable[[], int] = read_version,
        now: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.current: Generation | None = None
        self.is_asking = False
        self._folder = folder
        self._warm = warm
        self._code = code or code_fingerprint()
        self._read_version = read_version
        self._now = now
        self._monotonic = monotonic
        self._has_begun = False
        self._next: Generation | None = None
        self._deadline = 0.0  # monotonic; the end of the head start of `_next`

    def update(self) -> None:
        """Ask for the version once, and bring the generation in use up to date."""
        version = self._ask()
        now = self._now()
        key = self._folder.current()
        if not self._has_begun:
            self._swap(now, after=now)
            self._has_begun = True
        elif key is not None and key.fingerprint != self._code:
            self.current = self._next = None
        else:
            self._advance(version, key, now)

    def stand_in(self) -> None:
        """Where there is no generation, use without the database what another process of this code has left."""
        key = self._folder.current()
        if self.current is None and key and key.fingerprint == self._code:
            self.current = Generation(key)
            self.current.is_in_use = True

    def shows(self, version: int) -> bool:
        """Tell whether readers see a version on every page."""
        current = self.current
        if current is None:
            return True  # all is for Django
        is_bridged = current.previous and not current.is_built and self._monotonic() < current.bridged_until
        return current.key.version >= version and not is_bridged

    def _ask(self) -> int:
        self.is_asking = True
        try:
            return self._read_version()
        finally:
            self.is_asking = False

    def _advance(self, version: int, key: GenerationKey | None, now: float) -> None:
        """Begin the next generation where the one in use is over; use it when it is built or has had its head start."""
        current = self.current
        for generation in filter(None, (current, self._next)):
            generation.notice_time(now)
        if current and not self._is_over(current, version, key, now):
            self._mark_built(current)
            self._next = None
            return
        if self._next is None or self._next.key.version != version:
            is_first = self._next is None
            self._next = self._begin(version, now)
            self._next.inherit(current, now)
            if is_first:
                self._deadline = self._monotonic() + HEAD_START
            self._warm(self._next)
        if self._next.is_built or self._monotonic() >= self._deadline:
            self._swap(now, after=current.expired_at(now) if current else 0.0)

    def _mark_built(self, generation: Generation) -> None:
        """Note in the folder that it has all that is planned: here, after the files that `_swap` writes."""
        if generation.is_built and not generation.is_marked:
            self._folder.mark_built(generation.key)
            generation.is_marked = True

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
        return self._begin(version, now)

    def _begin(self, version: int, now: float) -> Generation:
        """Return an empty generation; that something is new was noticed with the first that was to follow."""
        noticed = self._next.noticed if self._next else self._monotonic()
        return Generation(GenerationKey.of(version, self._code, now), noticed)

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
