"""Two processes and one folder: what is published is soon seen in both, and what is not never."""

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.pages.page_cache.processes import PATIENCE, Site, wait_until
from tests.reading import PAIRS

# The site is a copy of what it sets up; two of them at once would keep each other waiting.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("ready"), pytest.mark.long]

PAGE = "/vagledning/ny/"


@pytest.fixture
def page(site: Site) -> Iterator[int]:
    """A page of its own for each test, below the address `PAGE`."""
    number = site.editor.do("make_page", title="Ny")
    site.settle()
    yield number
    site.editor.do("delete", page=number)
    site.settle()


def assert_seen_soon(site: Site, path: str, text: str) -> None:
    """Check that both processes soon show a text, from then on from the store."""
    wait_until(lambda: all(text in reader.get(path).text for reader in site.readers))
    assert all("ready" in reader.get(path).source for reader in site.readers)


@pytest.mark.sample
def test_publication_is_seen_in_both_processes(site, page):
    for number in range(5):
        site.editor.do("publish", page=page, lead=f"Utgåva {number}.")
        assert_seen_soon(site, PAGE, f"Utgåva {number}.")


def test_title_is_seen_on_other_pages_and_the_old_address_is_gone(site, page):
    site.editor.do("rename", page=page, slug="annan")
    assert_seen_soon(site, "/vagledning/", "/vagledning/annan/")
    wait_until(lambda: {reader.get(PAGE).status for reader in site.readers} <= {301, 404})  # the page before first
    site.editor.do("unpublish", page=page)
    wait_until(lambda: {reader.get("/vagledning/annan/").status for reader in site.readers} == {410})


@pytest.mark.sample
def test_number_of_a_coordinator_is_seen(site):
    for pair in ("all coordinators", "county"):
        site.readers[0].get(PAIRS[pair][0])
    site.editor.do("edit_contact", number="+46406280477")
    assert_seen_soon(site, PAIRS["all coordinators"][0], "040-628 04 77")


@pytest.mark.sample
def test_code_that_goes_round_signals_is_seen(site, page):
    site.editor.do("update_quietly", page=page, lead="Tyst ändrad.")
    assert_seen_soon(site, PAGE, "Tyst ändrad.")


@pytest.mark.sample
def test_rolled_back_publication_is_never_seen(site, page):
    site.editor.do("publish", page=page, lead="Gäller.")
    assert_seen_soon(site, PAGE, "Gäller.")
    for number in range(3):
        site.editor.tell("roll_back", page=page, lead="Gäller aldrig.")
        end = time.monotonic() + 1
        while time.monotonic() < end:
            texts = [reader.get(PAGE).text for reader in site.readers]
            assert all("Gäller." in text for text in texts), number
        site.editor.take()


def test_many_first_requests_at_once_build_a_page_once(site):
    path = "/kontakt/uppsala-lan/"
    reader = site.readers[0]
    answers = reader.do("ask_at_once", path=path, times=32)
    assert {answer["status"] for answer in answers} == {200}
    assert len({answer["body"] for answer in answers}) == 1
    assert reader.do("renders", path=path) == 1


def test_second_process_reads_what_the_first_has_built(site):
    path = "/kontakt/kalmar-lan/"
    first, second = site.readers
    assert "miss" in first.get(path).source
    assert second.get(path).status == 200
    assert second.do("renders", path=path) == 0


def test_old_generations_are_removed(site, page):
    for number in range(3):
        site.editor.do("publish", page=page, lead=f"Utgåva {number}.")
        assert_seen_soon(site, PAGE, f"Utgåva {number}.")
    wait_until(lambda: len([path for path in site.folder.iterdir() if path.name[0].isdigit()]) == 1, PATIENCE)
    assert_seen_soon(site, PAGE, "Utgåva 2.")


def take_away(folder: Path) -> None:
    """Remove a folder at once, while others write into it."""
    gone = folder.with_name("gone")
    folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def test_folder_may_be_deleted_at_any_time(site, page):
    take_away(site.folder)
    site.settle()
    assert (site.folder / "current" / "localhost" / "index.html").exists()
    site.editor.do("publish", page=page, lead="Efter raderingen.")
    assert_seen_soon(site, PAGE, "Efter raderingen.")


def test_processes_go_on_alone_where_the_folder_cannot_be_written(site, page):
    while site.folder.is_dir():  # the processes make it again at once
        take_away(site.folder)
        with suppress(IsADirectoryError):
            site.folder.write_text("in the way")
    try:
        for number in range(2):
            site.editor.do("publish", page=page, lead=f"Utan mapp {number}.")
            assert_seen_soon(site, PAGE, f"Utan mapp {number}.")
            wait_until(lambda: "hit" in site.readers[0].get(PAGE).source, PATIENCE)
    finally:
        site.folder.unlink()
    site.editor.do("publish", page=page, lead="Med mapp.")
    assert_seen_soon(site, PAGE, "Med mapp.")
    on_disk = site.folder / "current/localhost/vagledning/ny/index.html"

    def is_written() -> bool:  # a version is in use before its files are
        with suppress(FileNotFoundError):
            return "Med mapp." in on_disk.read_text()
        return False

    wait_until(is_written, PATIENCE)
