"""A process that is killed anywhere leaves nothing stale: in the other process, on disk, after a start."""

import random
import time

import pytest

from tests.pages.page_cache.processes import PATIENCE, Site, wait_until

# The site is a copy of what it sets up; two of them at once would keep each other waiting.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("ready"), pytest.mark.long]

ROUNDS = 6


def test_kill_while_pages_are_built_and_swapped_leaves_nothing_stale(site: Site):
    chance = random.Random(6)  # noqa: S311 (the same moments each time)
    page = site.editor.do("make_page", title="Krasch")
    site.settle()
    path = "/vagledning/krasch/"
    for number in range(ROUNDS):
        text = f"Omgång {number}."
        site.editor.tell("publish", page=page, lead=text)
        for other in ("/kontakt/alla/", path, "/manual/"):
            site.readers[0].tell("begin_to_ask", path=other)
        time.sleep(chance.uniform(0, 0.9))  # before, within and after the swap
        site.readers[0].kill()
        site.editor.take()
        wait_until(lambda text=text: text in site.readers[1].get(path).text)
        site.replace(0)
        assert text in site.readers[0].get(path).text
        site.settle()
        for reader in site.readers:
            assert reader.get(path).shown == reader.fresh(path).shown
        on_disk = (site.folder / "current" / "localhost" / path.strip("/") / "index.html").read_text()
        assert text in on_disk
    site.editor.do("delete", page=page)
    wait_until(lambda: not list(site.folder.glob(".*")), PATIENCE)
    wait_until(lambda: len([each for each in site.folder.iterdir() if each.name[0].isdigit()]) == 1, PATIENCE)


def test_kill_between_commit_and_swap_is_made_good_by_the_next_start(site: Site):
    """Both processes are gone when somebody publishes: the folder is of yesterday until one starts."""
    page = site.editor.do("make_page", title="Ensam")
    site.settle()
    for reader in site.readers:
        reader.kill()
    site.editor.do("publish", page=page, lead="Ändrad medan ingen såg på.")
    for number in range(2):
        site.replace(number)
        wait_until(lambda n=number: "Ändrad medan" in site.readers[n].get("/vagledning/ensam/").text)
    site.settle()
    site.editor.do("delete", page=page)


def test_unfinished_file_is_not_read(site: Site):
    path = "/kontakt/jamtlands-lan/"
    site.settle()  # what the test before has changed
    first, second = site.readers
    whole = first.get(path)
    stored = site.folder / "current" / "localhost" / path.strip("/") / "index.ready"
    wait_until(stored.exists)
    stored.write_bytes(stored.read_bytes()[:-10])
    assert second.get(path).shown == whole.shown
    assert second.do("renders", path=path) == 1
