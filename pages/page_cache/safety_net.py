"""The last generation in which all was cached that had been, kept while the next one gets so far.

A process that starts begins a generation that holds nothing yet. Were the one before removed at once, nginx would have
no page for whoever asks while the process is killed again. It is used for an hour at most, and only while the site is
at the same version: of another, pages may have been changed or taken down.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from pages.page_cache.generation import STALE_SECONDS, GenerationKey
from pages.public_files import make_public_folder

PERIOD_SECONDS = 1000  # nginx takes the first seven digits of the time
BUILT = ".built"  # the file that marks a generation as built, as far as is planned
RESPONSE_FILE = "index.ready"


class SafetyNet:
    """Links that are named after the time until which nginx may follow them; change them with the folder locked."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._links = root / "last"

    def generation(self, now: float) -> GenerationKey | None:
        """Return the generation that may stand in at a time (seconds since 1970)."""
        try:
            return GenerationKey.parse((self._links / str(int(now) // PERIOD_SECONDS)).readlink().name)
        except OSError:
            return None

    def replace(self, before: GenerationKey | None, by: GenerationKey) -> None:
        """Keep the generation that was in use before, where it was built; keep none of another version or code."""
        kept = self.generation(by.began) or before
        if kept is None or (kept.version, kept.fingerprint) != (by.version, by.fingerprint):
            self.clear()
        elif before and before != by and (self._root / before / BUILT).exists() and self._covers(before, kept):
            self.clear()
            make_public_folder(self._links)
            for period in range(int(by.began) // PERIOD_SECONDS, int(by.began + STALE_SECONDS) // PERIOD_SECONDS):
                (self._links / str(period)).symlink_to(f"../{before}")

    def release(self, current: GenerationKey | None, now: float) -> None:
        """Keep none any longer where the generation in use has got so far, or the hour is over."""
        kept = self.generation(now)
        is_built = current is not None and (self._root / current / BUILT).exists()
        if kept is None or (current and is_built and self._covers(current, kept)):
            self.clear()

    def clear(self) -> None:
        """Keep none."""
        if self._links.exists():
            for link in self._links.iterdir():
                link.unlink(missing_ok=True)

    def _covers(self, generation: GenerationKey, kept: GenerationKey) -> bool:
        """Tell whether a generation has every response that another has."""
        return generation == kept or all(
            (self._root / generation / path).exists() for path in self._responses(self._root / kept)
        )

    def _responses(self, folder: Path) -> Iterator[Path]:
        for path, _folders, files in os.walk(folder):
            for name in files:
                if name.startswith(RESPONSE_FILE):
                    yield (Path(path) / name).relative_to(folder)
