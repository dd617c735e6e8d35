"""The watcher asks for the site version many times a second, and knows whether the database answers."""

import logging
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Condition, Thread

from django.db import Error as DatabaseError

from pages.page_cache.folder import Folder
from pages.page_cache.generation import Generation
from pages.page_cache.generation_switch import GenerationSwitch

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.05
MAX_AGE = 0.5  # seconds; without an answer of the database for longer, it is away
SILENCE = 2.0  # seconds after which the watch itself has stopped: what is cached may be old
PATIENCE = 1.0  # seconds for which who has saved something waits until readers see it
REMOVAL_SECONDS = 5  # so long an old generation is kept for requests that have begun to read it


class GenerationWatcher:
    """Keeps the switch up to date in a thread of its own, and tells nginx and readers whether it is.

    `is_away` tells that the database does not answer. `now` returns seconds since 1970, `monotonic` seconds
    that never go back.
    """

    def __init__(
        self,
        folder: Folder,
        switch: GenerationSwitch,
        *,
        now: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.is_away = False
        self.checked = 0.0  # monotonic
        self._folder = folder
        self._switch = switch
        self._now = now
        self._monotonic = monotonic
        self._removed = 0.0  # monotonic
        self._answered = Condition()

    def start(self) -> None:
        """Watch from now on."""
        Thread(target=self._watch, name="page cache: watch", daemon=True).start()

    @property
    def is_fresh(self) -> bool:
        """Whether the generation in use is that of half a second ago or later, as far as can be told at once."""
        return not self.is_away and self._monotonic() - self.checked <= MAX_AGE

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
            if not answered and self._switch.is_asking:  # else the machine is slow, and not the database
                self._lose()
        return not self.is_away

    def state(self) -> tuple[bool, str]:
        """Tell whether the generation in use is watched, and its age, for `/health/ready`."""
        ages = self.ages()
        if ages is None:
            return False, "no generation is in use yet"
        age, silence = ages
        words = f"{age:.0f} s old, compared with the site's version {silence:.1f} s ago"
        return not self.is_away and silence <= SILENCE, words

    def ages(self) -> tuple[float, float] | None:
        """Return the age of the generation in use, and of its last comparison with the site's version (seconds)."""
        current = self._switch.current
        return (self._now() - current.key.began, self._monotonic() - self.checked) if current else None

    def wait_for_readers(self, version: int) -> None:
        """Wait until readers of this process see what was committed, so that "saved" is true when it is read."""
        with self._answered:
            self._answered.wait_for(lambda: self._switch.shows(version), PATIENCE)

    def poll(self) -> None:
        """Bring the switch up to date once, and tell who waits for that."""
        began = self._monotonic()
        try:
            self._switch.update()
        except Exception as error:
            if not isinstance(error, DatabaseError):
                logger.exception("The page cache could not be brought up to date.")
            self._lose()
            return
        if self.is_away:
            logger.warning("The database answers again.")
        self.is_away = False
        with self._answered:
            self.checked = began
            self._answered.notify_all()
        self._serve_nginx()

    def _watch(self) -> None:
        while True:
            began = self._monotonic()
            self.poll()
            time.sleep(max(0.0, POLL_SECONDS - (self._monotonic() - began)))

    def _lose(self) -> None:
        """Go on without the database, with what there is."""
        if not self.is_away:
            logger.warning("The database does not answer; cached pages go on.")
        self.is_away = True
        with suppress(OSError):
            self._folder.close_to_nginx()
        self._switch.stand_in()

    def _serve_nginx(self) -> None:
        """Let nginx read what is in use; where the folder cannot be written it asks the application."""
        current = self._switch.current
        try:
            if current and current.is_in_folder:
                self._folder.open_to_nginx(self._now())
                self._remove_old(current)
            else:
                self._folder.close_to_nginx()
        except OSError:
            logger.exception("The folder of cached pages cannot be written; nginx asks the application.")

    def _remove_old(self, current: Generation) -> None:
        is_replaced = self._now() - current.key.began > REMOVAL_SECONDS
        if is_replaced and self._monotonic() - self._removed > REMOVAL_SECONDS:
            self._removed = self._monotonic()
            # Not here: to remove thousands of files takes longer than the next version may wait.
            Thread(target=self._folder.remove_old, args=[self._now()], name="page cache: remove", daemon=True).start()
