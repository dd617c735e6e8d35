"""Backups of copied sites, made and put back by the commands as operators give them."""

import hashlib
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.public_pages import differing, pages_from
from tests.config.processes import run
from tests.database import scratch_database
from tests.pages.startup.starting import Place, free_port

# The number that is raised, attempts that are counted, and what SQLite keeps for itself.
OWN = re.compile(r"pages_siteversion|shared_cache|sqlite_\w+|\w+_fts_\w+")


def manage(place: Place, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command on a place; return what it said."""
    return run("manage.py", *map(str, arguments), **place.variables)


def done(place: Place, *arguments: str | Path) -> str:
    """Run a command that must succeed, and return what it said."""
    process = manage(place, *arguments)
    assert process.returncode == 0, process.stderr
    return process.stdout


@contextmanager
def empty_place(folder: Path) -> Iterator[Place]:
    """Yield a machine with nothing on it but an empty database."""
    folder.mkdir()
    with scratch_database(f"stod_{folder.parent.name}_{folder.name}"[-60:].replace("-", "_")) as url:
        yield Place(folder, url, free_port())


def uploads(place: Place) -> dict[str, str]:
    """Return the checksum of every upload, by its path."""
    files = (path for name in ("media", "private") for path in sorted((place.folder / name).rglob("*")))
    return {
        path.relative_to(place.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.is_file()
    }


def rows(place: Place) -> dict[str, list[str]]:
    """Return every row that a backup must give back."""
    return {name: found for name, found in place.rows().items() if not OWN.fullmatch(name)}


def differing_pages(one: Place, other: Place, monkeypatch, most: int) -> list[str]:
    """Return which public pages of two places differ in any byte but the minute in which they were made."""
    shown = []
    for place in (one, other):
        for name, value in (place.environment() | place.variables).items():
            monkeypatch.setenv(name, value)
        shown.append(pages_from(place.database_url, most))
    assert len(shown[0]) >= most
    return differing(*shown)
