"""A disk that is full or can only be read under a running site: editors are told, readers notice nothing."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from bs4 import BeautifulSoup

from tests.config.load import ask
from tests.config.publishing import PATH, Publisher
from tests.conftest import CopySite
from tests.pages.page_cache.processes import PATIENCE, wait_until
from tests.pages.startup.starting import WITHOUT_PRIVILEGES, Place, Visitor
from tests.reading import assert_numbers, words
from tests.tools import tool_or_skip

pytestmark = [pytest.mark.django_db, pytest.mark.drill]

CACHED = ("/", "/en/", "/manual/akut-skydd/", PATH)
NOT_CACHED = ("/kontakt/gotlands-lan/", "/en/contact/kalmar-county/", "/kontakt/?q=ume", "/sok/?q=barn")
SAID = "inget sparades"


@contextmanager
def own_disk(folder: Path) -> Iterator[None]:
    """Give a new folder a disk of its own."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, check=False)
    tool_or_skip("mount", done.returncode == 0, "run as root")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """Fill the disk of a folder to the last byte."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 10, 1):
            with suppress(OSError):
                while file.write(bytes(size)):
                    pass
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write into a folder, or into what is in it."""
    before = {path: path.stat().st_mode for path in (folder, *folder.rglob("*")) if not path.is_symlink()}
    for path in before:
        with suppress(FileNotFoundError):  # a site writes into it
            path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        yield
    finally:
        for path, mode in before.items():
            with suppress(FileNotFoundError):
                path.chmod(mode)


def assert_published_or_told(publisher: Publisher, address: str, lead: str) -> bool:
    """Publish, and return whether readers see it; check that who publishes is told otherwise, and where the text is."""
    refused = None
    try:
        publisher.publish(lead)
    except HTTPError as error:
        refused = error
    if refused:
        assert refused.code == 507
        html = BeautifulSoup(refused.read(), "html.parser")
        assert SAID in words(html.main)
        assert_numbers(html)
        assert lead not in Visitor(address).get(PATH)
        return False
    wait_until(lambda: lead in Visitor(address).get(PATH))
    return True


@pytest.fixture(scope="module", params=[full, read_only])
def troubled(copy_site: CopySite, request: pytest.FixtureRequest) -> tuple[Place, Callable[[Path], Any]]:
    """A site of its own for each trouble, copied before a test has opened a transaction, and the trouble."""
    return copy_site(), request.param


def test_editors_are_told_and_readers_notice_nothing(troubled, tmp_path: Path):
    place, trouble = troubled
    folder = tmp_path / "data"
    with own_disk(folder):
        shutil.copytree(place.folder, folder, dirs_exist_ok=True)
        moved = Place(folder, place.database_url, place.port)
        with moved.start(program=("-c", WITHOUT_PRIVILEGES)) as start:
            start.wait_for_answer()
            publisher = Publisher(moved.address, start.passwords["editor"])
            start.wait_until((folder / "ready/current/.built").exists)
            start.wait_until(lambda: all("hit" in ask(moved.port, path)[1] for path in CACHED))
            with trouble(folder):
                for path in (*CACHED, *NOT_CACHED) * 3:
                    assert (path, ask(moved.port, path)[0]) == (path, 200)
                is_published = assert_published_or_told(publisher, moved.address, "Utan plats.")
                # PostgreSQL is on another disk; SQLite writes into files that it had opened before.
                assert is_published == (bool(moved.database_url) or trouble is read_only)
                assert {ask(moved.port, path)[0] for path in (*CACHED, *NOT_CACHED)} == {200}
            publisher.publish("Med plats.")
            wait_until(lambda: "Med plats." in Visitor(moved.address).get(PATH))
            stored = folder / "ready/current/localhost" / PATH.strip("/") / "index.html"
            wait_until(lambda: stored.exists() and "Med plats." in stored.read_text(), PATIENCE)
