"""The folder of cached responses: a subfolder for each generation, and links to the one in use."""

import logging
import os
import shutil
import threading
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from pages import public_files
from pages.file_lock import locked
from pages.page_cache.cached_response import BROTLI, FALLBACK, GZIP, CachedResponse
from pages.page_cache.generation import GenerationKey
from pages.page_cache.rules import CacheKey
from pages.page_cache.safety_net import BUILT, RESPONSE_FILE, SafetyNet
from pages.public_files import make_public_folder

logger = logging.getLogger(__name__)

LINKS = ("live", "last")  # folders of links
PERIOD_SECONDS = 10  # nginx takes the first nine digits of the time
MAX_FILES = 60_000  # written by one process in one generation; six a page
# Nothing is served from files with other headers than these: nginx sends its own, the same for every page.
KNOWN_TO_NGINX = {
    *("content-type", "content-language", "cache-control", "x-frame-options", "x-content-type-options"),
    *("referrer-policy", "cross-origin-opener-policy", "cross-origin-resource-policy", "permissions-policy"),
    *("content-security-policy", "strict-transport-security"),
}


class Folder:
    """The folder itself; a file is complete whenever it has its name."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.live = root / "live"
        self.net = SafetyNet(root)
        self._written = 0
        self._counted = ""

    def locked(self) -> AbstractContextManager[None]:
        """Let one thread of one process in at a time; a killed process lets go."""
        make_public_folder(self.root)
        return locked(self.root / "lock")

    def current(self) -> GenerationKey | None:
        """Return the generation in use."""
        with suppress(OSError):
            return GenerationKey.parse((self.root / "current").readlink().name)
        return None

    def begin(self, key: GenerationKey) -> None:
        """Make a generation, and put it in use. Call it locked."""
        make_public_folder(self.root / key)
        self.net.replace(self.current(), key)
        self._link(self.root / "current", key)

    def mark_built(self, key: GenerationKey) -> None:
        """Mark a generation as built, as far as is planned."""
        with suppress(OSError):  # it is over, or nothing can be written
            (self.root / key / BUILT).touch()

    def remove_old(self, now: float) -> None:
        """Remove all generations but the one in use and the safety net, and what killed processes left behind.

        The lock is held only while it looks what there is: a generation that is over never comes back.
        """
        try:
            with self.locked():
                current = self.current()
                self.net.release(current, now)
                kept = {current, self.net.generation(now), *LINKS}
                found = [path for path in self.root.iterdir() if path.is_dir() and not path.is_symlink()]
                for unfinished in self.root.glob(".*"):
                    unfinished.unlink(missing_ok=True)
        except OSError:
            logger.exception("Old cached pages could not be removed.")
            return
        for path in found:
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)

    def open_to_nginx(self, now: float) -> None:
        """Let nginx read until the end of the next period of ten seconds (`now` in seconds since 1970)."""
        period = int(now) // PERIOD_SECONDS
        wanted = {str(period), str(period + 1)}
        if all((self.live / name).is_symlink() for name in wanted):
            return  # as a rule: it is looked many times a second; what is over goes when the next is made
        make_public_folder(self.live)
        present = {path.name for path in self.live.iterdir()}
        with self.locked():
            for name in wanted - present:
                self._link(self.live / name, "../current")
        for name in present - wanted:
            (self.live / name).unlink(missing_ok=True)

    def close_to_nginx(self) -> None:
        """Let nginx ask the application for everything."""
        with suppress(FileNotFoundError):
            for path in self.live.iterdir():
                path.unlink(missing_ok=True)

    def read_last(self, key: CacheKey, now: float) -> CachedResponse | None:
        """Return a response of the safety net (`now` in seconds since 1970)."""
        generation = self.net.generation(now)
        return self.read(generation, key) if generation else None

    def read(self, generation: GenerationKey, key: CacheKey) -> CachedResponse | None:
        """Return a response that some process has written."""
        try:
            return CachedResponse.from_bytes(self._path(generation, key).read_bytes())
        except OSError:
            return None

    def write(self, generation: GenerationKey, key: CacheKey, response: CachedResponse) -> None:
        """Write a response for the other processes and for nginx, up to the bound; a full disk is no error.

        Nothing is written of a generation that is not in use.
        """
        if self._counted != generation:
            self._counted, self._written = generation, 0
        if self._written >= MAX_FILES or self.current() != generation:
            return
        self._written += 6
        try:
            self._write(self._path(generation, key), response, for_nginx=not key[2] and _is_for_nginx(response))
        except OSError:
            logger.exception("A cached page could not be written.")

    def _write(self, path: Path, response: CachedResponse, *, for_nginx: bool) -> None:
        make_public_folder(path.parent)
        _replace(path, response.to_bytes())
        if for_nginx:
            fallback = FALLBACK if FALLBACK in response.bodies else GZIP
            # The compressed files first: nginx looks for them only beside the file itself.
            _replace(path.with_name("plain.html.gz"), response.bodies[fallback])
            _replace(path.with_name("plain.html"), response.body(fallback=True))
            _replace(path.with_name("index.html.gz"), response.bodies[GZIP])
            _replace(path.with_name("index.html.br"), response.bodies[BROTLI])
            _replace(path.with_name("index.html"), response.body())

    def _link(self, path: Path, target: str) -> None:
        """Make a link at once. Call it locked."""
        unfinished = self.root / f".{os.getpid()}"
        with suppress(FileNotFoundError):
            unfinished.unlink()
        unfinished.symlink_to(target)
        unfinished.replace(path)

    def _path(self, generation: GenerationKey, key: CacheKey) -> Path:
        host, path, query = key
        # As WSGI gives it, each character of the path is a byte of it.
        folder = self.root / generation / host / os.fsdecode(path.strip("/").encode("latin-1"))
        ending = "" if path.endswith("/") else "file"
        return folder / f"{RESPONSE_FILE}{ending}{f'-{query}' if query else ''}"


def _is_for_nginx(response: CachedResponse) -> bool:
    headers = {name.lower(): value for name, value in response.headers}
    return (
        headers.keys() <= KNOWN_TO_NGINX
        and headers["content-type"] == "text/html; charset=utf-8"
        and GZIP in response.bodies
    )


def _replace(path: Path, data: bytes) -> None:
    unfinished = path.with_name(f".{os.getpid()}-{threading.get_ident()}")
    unfinished.write_bytes(data)
    unfinished.chmod(public_files.FILE)
    unfinished.replace(path)
