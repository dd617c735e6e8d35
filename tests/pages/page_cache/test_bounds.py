"""What is kept of pages has an end, in memory and on disk."""

import time

import pytest

from pages.page_cache import folder
from pages.page_cache import generation as in_memory
from pages.page_cache.cached_response import CachedResponse
from pages.page_cache.folder import Folder
from pages.page_cache.generation import Generation, GenerationKey

HTML = [("Content-Type", "text/html; charset=utf-8")]
GENERATION, LATER = (GenerationKey.of(version, "0123456789ab", 1.5) for version in (7, 8))


def response(letter: str = "x", expires_at: float = 10.0) -> CachedResponse:
    body = letter.encode() * 300
    return CachedResponse.build("200 OK", HTML, body, body, expires_at)


def key(number: int) -> tuple[str, str, str]:
    return "localhost", f"/sida-{number}/", ""


@pytest.fixture
def room_for_three(monkeypatch):
    monkeypatch.setattr(in_memory, "MAX_MEMORY", 3 * response().size)


@pytest.mark.usefixtures("room_for_three")
def test_oldest_goes_where_there_is_no_room():
    generation = Generation(GENERATION)
    for number in range(5):
        generation.store(key(number), response())
    assert list(generation.responses) == [key(2), key(3), key(4)]


@pytest.mark.usefixtures("room_for_three")
def test_page_that_is_built_again_takes_the_room_of_the_one_before():
    generation = Generation(GENERATION)
    for number in (0, 1, 2, 2, 2):
        generation.store(key(number), response())
    assert list(generation.responses) == [key(0), key(1), key(2)]


@pytest.mark.usefixtures("room_for_three")
def test_pages_of_the_generation_before_go_first():
    before, generation = Generation(GENERATION), Generation(GENERATION)
    for number in range(3):
        before.store(key(number), response())
    generation.inherit(before, time.time())
    generation.store(key(7), response())
    generation.store(key(8), response())
    assert (list(generation.previous), list(generation.responses)) == ([key(2)], [key(7), key(8)])


def test_page_that_is_built_again_or_gone_is_kept_no_longer():
    before, generation = Generation(GENERATION), Generation(GENERATION)
    for number in range(3):
        before.store(key(number), response())
    generation.inherit(before, time.time())
    generation.store(key(0), response("y"))
    generation.discard(key(1))
    assert list(generation.previous) == [key(2)]
    assert generation.responses[key(0)].body() == b"y" * 300


def test_page_that_is_gone_does_not_come_back_with_what_was_built_earlier():
    """The next generation was begun with it, and had built it, before Django answered that it is gone."""
    before, generation = Generation(GENERATION), Generation(GENERATION)
    for number in range(3):
        before.store(key(number), response())
    generation.inherit(before, time.time())
    generation.store(key(0), response())
    for number in (0, 1):
        before.discard(key(number))
    generation.inherit(before, time.time())
    assert (list(generation.responses), list(generation.previous)) == ([], [key(2)])
    generation.discard(key(2))
    generation.inherit(before, time.time())
    assert generation.previous == {}


def test_page_that_goes_while_the_next_generation_takes_over_is_gone_there_as_well():
    """Django was asked for the generation before; its answer comes when the next has already taken over."""
    before, generation = Generation(GENERATION), Generation(LATER, noticed=100.0)
    for number in range(2):
        before.store(key(number), response())
    generation.inherit(before, time.time())
    before.discard(key(0))
    assert list(generation.gone) == [key(0)]
    shown = [generation.bridge(key(number), now=0.0, monotonic=100.1) is not None for number in range(2)]
    assert shown == [False, True]


def test_page_that_is_published_again_is_no_longer_gone():
    before, generation = Generation(GENERATION), Generation(LATER)
    before.store(key(0), response())
    generation.inherit(before, time.time())
    generation.discard(key(0))
    before.store(key(0), response())  # built before it went
    assert list(generation.gone) == [key(0)]
    generation.store(key(0), response())
    assert generation.gone == {}


def test_only_pages_that_were_there_are_remembered_as_gone():
    generation = Generation(GENERATION)
    generation.store(key(0), response())
    for number in range(3):
        generation.discard(key(number))
    assert list(generation.gone) == [key(0)]


def test_page_of_an_earlier_version_does_not_stand_in_for_ever():
    before, between, generation = Generation(GENERATION), Generation(GENERATION), Generation(GENERATION)
    before.store(key(0), response())
    between.inherit(before, time.time() - in_memory.STALE_SECONDS + 60)
    assert between.stale(key(0), time.time())
    between.inherit(before, time.time() - in_memory.STALE_SECONDS)
    assert between.stale(key(0), time.time()) is None
    between.store(key(1), response())
    generation.inherit(between, time.time())
    assert list(generation.previous) == [key(1)]


def test_earliest_expiry_ends_the_generation():
    generation = Generation(GENERATION)
    for number, expires_at in enumerate((30.0, 10.0, 20.0)):
        generation.store(key(number), response(expires_at=expires_at))
    assert generation.expires_at == 10.0


def test_most_read_pages_are_built_first_and_old_reads_count_for_less():
    before, generation = Generation(GENERATION), Generation(GENERATION)
    for number, reads in enumerate((1, 8, 3)):
        before.store(key(number), response())
        before.responses[key(number)].hits = reads
    assert before.keys_by_hits() == [key(1), key(2), key(0)]
    generation.inherit(before, time.time())
    generation.store(key(1), response())
    assert generation.responses[key(1)].hits == 4


def test_no_more_files_are_written_than_there_may_be(tmp_path, monkeypatch):
    monkeypatch.setattr(folder, "MAX_FILES", 12)
    pages = Folder(tmp_path / "ready")
    with pages.locked():
        pages.begin(GENERATION)
    for number in range(5):
        pages.write(GENERATION, key(number), response())
    assert [pages.read(GENERATION, key(number)) is not None for number in range(5)] == [True, True, False, False, False]


def test_files_of_a_generation_that_is_over_are_not_written(tmp_path):
    pages = Folder(tmp_path / "ready")
    with pages.locked():
        pages.begin(GENERATION)
        pages.begin(GenerationKey.of(8, "0123456789ab", 2.5))
    pages.remove_old(3.0)
    pages.write(GENERATION, key(1), response())
    assert not (pages.root / GENERATION).exists()


def test_full_disk_is_no_error(tmp_path):
    pages = Folder(tmp_path / "ready")
    with pages.locked():
        pages.begin(GENERATION)
    (pages.root / GENERATION / "localhost").write_text("in the way of the folder")
    pages.write(GENERATION, key(1), response())
    assert pages.read(GENERATION, key(1)) is None
