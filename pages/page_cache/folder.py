"""The folder of ready pages: one subfolder a generation, a link to the one in use, and signs of life for nginx."""

import logging
import math
import os
import re
import shutil
import threading
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Self

from pages.file_lock import locked
from pages.page_cache.entries import BROTLI, GZIP, PLAIN, Entry
from pages.page_cache.rules import Key

logger = logging.getLogger(__name__)

NAME = re.compile(r"\d+-[0-9a-f]+-\d+")
PACKED = "index.ready"
SLOT_SECONDS = 10  # nginx takes the first nine digits of the time
MAX_FILES = 60_000  # written by one process in one generation; six a page
# Nothing is served from files with other headers than these: nginx sends its own, the same for every page.
KNOWN_TO_NGINX = {
    *("content-type", "content-language", "cache-control", "x-frame-options", "x-content-type-options"),
    *("referrer-policy", "cross-origin-opener-policy", "cross-origin-resource-policy", "permissions-policy"),
    *("content-security-policy", "strict-transport-security"),
}


class Name(str):
    """The name of a generation: site version, fingerprint of the code, when it began (ms since 1970)."""

    __slots__ = ()

    @classmethod
    def of(cls, version: int, fingerprint: str, began: float) -> Self:
        return cls(f"{version}-{fingerprint}-{math.ceil(began * 1000)}")

    @property
    def version(self) -> int:
        return int(self.split("-")[0])

    @property
    def fingerprint(self) -> str:
        return self.split("-")[1]

    @property
    def began(self) -> float:
        """Seconds since 1970."""
        return int(self.split("-")[2]) / 1000


class Folder:
    """The folder itself; its files are complete whenever they have their name."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.live = root / "live"
        self._written = 0
        self._counted = ""

    def locked(self) -> AbstractContextManager[None]:
        """Let one thread of one process in at a time; a killed process lets go."""
        return locked(self.root / "lock")

    def current(self) -> Name | None:
        """Return the generation in use."""
        with suppress(OSError):
            name = (self.root / "current").readlink().name
            if NAME.fullmatch(name):
                return Name(name)
        return None

    def begin(self, name: Name) -> None:
        """Make a generation, and put it in use. Call it locked."""
        (self.root / name).mkdir(exist_ok=True)
        self._link(self.root / "current", name)

    def sweep(self) -> None:
        """Remove all generations but the one in use, and what killed processes left behind.

        The lock is kept for a moment only: a generation that is over never comes back.
        """
        try:
            with self.locked():
                kept = {self.current(), self.live.name}
                found = [path for path in self.root.iterdir() if path.is_dir() and not path.is_symlink()]
                for unfinished in self.root.glob(".*"):
                    unfinished.unlink(missing_ok=True)
        except OSError:
            logger.exception("Old ready pages could not be removed.")
            return
        for path in found:
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)

    def show_life(self, now: float) -> None:
        """Let nginx read until the end of the next ten seconds."""
        self.live.mkdir(exist_ok=True)
        slot = int(now) // SLOT_SECONDS
        wanted = {str(slot), str(slot + 1)}
        present = {path.name for path in self.live.iterdir()}
        if wanted - present:
            with self.locked():
                for name in wanted - present:
                    self._link(self.live / name, "../current")
        for name in present - wanted:
            (self.live / name).unlink(missing_ok=True)

    def show_no_life(self) -> None:
        """Let nginx ask the application for everything."""
        with suppress(FileNotFoundError):
            for path in self.live.iterdir():
                path.unlink(missing_ok=True)

    def read(self, name: Name, key: Key) -> Entry | None:
        """Return an entry that some process has written."""
        try:
            return Entry.unpacked(self._place(name, key).read_bytes())
        except OSError:
            return None

    def write(self, name: Name, key: Key, entry: Entry) -> None:
        """Write an entry for the other processes and for nginx, up to the bound; a full disk is no error.

        Nothing is written of a generation that is not in use.
        """
        if self._counted != name:
            self._counted, self._written = name, 0
        if self._written >= MAX_FILES or self.current() != name:
            return
        self._written += 6
        try:
            self._write(name, key, entry)
        except OSError:
            logger.exception("A ready page could not be written.")

    def _write(self, name: Name, key: Key, entry: Entry) -> None:
        place = self._place(name, key)
        place.parent.mkdir(parents=True, exist_ok=True)
        _replace(place, entry.packed())
        if not key[2] and _is_for_nginx(entry):
            plain, html = entry.body(plain=True), entry.body()
            # Of each the forms first: nginx looks for the form only beside the file itself.
            for stem, body, compressed in (("plain", plain, None), ("index", html, entry.bodies[BROTLI])):
                form = PLAIN if stem == "plain" and PLAIN in entry.bodies else GZIP
                _replace(place.with_name(f"{stem}.html.gz"), entry.bodies[form])
                if compressed:
                    _replace(place.with_name(f"{stem}.html.br"), compressed)
                _replace(place.with_name(f"{stem}.html"), body)

    def _link(self, path: Path, target: str) -> None:
        """Make a link at once. Call it locked."""
        unfinished = self.root / f".{os.getpid()}"
        with suppress(FileNotFoundError):
            unfinished.unlink()
        unfinished.symlink_to(target)
        unfinished.replace(path)

    def _place(self, name: Name, key: Key) -> Path:
        host, path, query = key
        # As WSGI gives it, each character of the path is a byte of it.
        folder = self.root / name / host / os.fsdecode(path.strip("/").encode("latin-1"))
        ending = "" if path.endswith("/") else "file"
        return folder / f"{PACKED}{ending}{f'-{query}' if query else ''}"


def _is_for_nginx(entry: Entry) -> bool:
    headers = {name.lower(): value for name, value in entry.headers}
    return (
        headers.keys() <= KNOWN_TO_NGINX
        and headers["content-type"] == "text/html; charset=utf-8"
        and GZIP in entry.bodies
    )


def _replace(path: Path, data: bytes) -> None:
    unfinished = path.with_name(f".{os.getpid()}-{threading.get_ident()}")
    unfinished.write_bytes(data)
    unfinished.replace(path)
