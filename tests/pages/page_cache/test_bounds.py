"""What is kept of pages has an end, in memory and on disk."""

import time

import pytest

from pages.page_cache import folder
from pages.page_cache import generation as in_memory
from pages.page_cache.entries import Entry
from pages.page_cache.folder import Folder, Name
from pages.page_cache.generation import Generation

HTML = [("Content-Type", "text/html; charset=utf-8")]
NAME = Name.of(7, "0123456789ab", 1.5)


def entry(letter: str = "x", until: float = 10.0) -> Entry:
    body = letter.encode() * 300
    return Entry.made("200 OK", HTML, body, body, until)


def key(number: int) -> tuple[str, str, str]:
    return "localhost", f"/sida-{number}/", ""


@pytest.fixture
def room_for_three(monkeypatch):
    monkeypatch.setattr(in_memory, "MEMORY", 3 * entry().size)


@pytest.mark.usefixtures("room_for_three")
def test_oldest_goes_where_there_is_no_room():
    generation = Generation(NAME)
    for number in range(5):
        generation.put(key(number), entry())
    assert list(generation.entries) == [key(2), key(3), key(4)]


@pytest.mark.usefixtures("room_for_three")
def test_pages_of_the_generation_before_go_first():
    before, generation = Generation(NAME), Generation(NAME)
    for number in range(3):
        before.put(key(number), entry())
    generation.follow(before, time.time())
    generation.put(key(7), entry())
    generation.put(key(8), entry())
    assert (list(generation.previous), list(generation.entries)) == ([key(2)], [key(7), key(8)])


def test_page_that_is_built_again_or_gone_is_kept_no_longer():
    before, generation = Generation(NAME), Generation(NAME)
    for number in range(3):
        before.put(key(number), entry())
    generation.follow(before, time.time())
    generation.put(key(0), entry("y"))
    generation.forget(key(1))
    assert list(generation.previous) == [key(2)]
    assert generation.entries[key(0)].body() == b"y" * 300


def test_page_of_an_earlier_version_does_not_stand_in_for_ever():
    before, between, generation = Generation(NAME), Generation(NAME), Generation(NAME)
    before.put(key(0), entry())
    between.follow(before, time.time() - in_memory.FORMER_SECONDS + 60)
    assert between.former(key(0))
    between.follow(before, time.time() - in_memory.FORMER_SECONDS)
    assert between.former(key(0)) is None
    between.put(key(1), entry())
    generation.follow(between, time.time())
    assert list(generation.previous) == [key(1)]


def test_generation_ends_with_the_first_of_its_pages_that_turns():
    generation = Generation(NAME)
    for number, until in enumerate((30.0, 10.0, 20.0)):
        generation.put(key(number), entry(until=until))
    assert generation.until == 10.0


def test_most_read_pages_are_built_first_and_old_reads_count_for_less():
    before, generation = Generation(NAME), Generation(NAME)
    for number, reads in enumerate((1, 8, 3)):
        before.put(key(number), entry())
        before.entries[key(number)].reads = reads
    assert before.by_reads() == [key(1), key(2), key(0)]
    generation.follow(before, time.time())
    generation.put(key(1), entry())
    assert generation.entries[key(1)].reads == 4


def test_no_more_files_are_written_than_there_may_be(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "MAX_FILES", 12)
    pages = Folder(tmp_path / "ready")
    with pages.locked():
        pages.begin(NAME)
    for number in range(5):
        pages.write(NAME, key(number), entry())
    assert [pages.read(NAME, key(number)) is not None for number in range(5)] == [True, True, False, False, False]


def test_files_of_a_generation_that_is_over_are_not_written(tmp_path):
    pages = Folder(tmp_path / "ready")
    with pages.locked():
        pages.begin(NAME)
        pages.begin(Name.of(8, "0123456789ab", 2.5))
    pages.sweep()
    pages.write(NAME, key(1), entry())
    assert not (pages.root / NAME).exists()


def test_full_disk_is_no_error(tmp_path):
    pages = Folder(tmp_path / "ready")
    with pages.locked():
        pages.begin(NAME)
    (pages.root / NAME / "localhost").write_text("in the way of the folder")
    pages.write(NAME, key(1), entry())
    assert pages.read(NAME, key(1)) is None
