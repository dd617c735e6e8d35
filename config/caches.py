"""The cache that all processes of the site share."""

from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

from pages.file_lock import locked


class SharedFileCache(FileBasedCache):
    """Files in the data folder, where of several processes that add a key only one succeeds.

    Django's own looks and then writes: two attempts at once would both be the first, and limits
    on attempts build on that there is one.
    """

    def __init__(self, location: Path | str, params: dict[str, Any]) -> None:
        super().__init__(str(location), params)
        self.folder = Path(location)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Set a key that is not there; tell whether it was not."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with locked(self.folder / "lock"):
            return super().add(key, value, timeout, version)
