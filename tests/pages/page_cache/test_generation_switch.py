"""Which generation is in use: that of the last version, begun after all that has expired."""

import logging

import pytest
from django.db import DatabaseError, OperationalError, connection

from pages.models.site_version import site_version
from pages.page_cache.generation import CLOCK_CORRECTION, GenerationKey
from pages.page_cache.generation_switch import HEAD_START, read_version
from tests.pages.page_cache.generations import CODE, NOON, OTHER_CODE, PAGE, Process, a_response

# --- Beginning


def test_start_begins_a_generation_of_the_version_and_the_code(start, world):
    process = start()
    assert process.key == GenerationKey.of(world.version, CODE, NOON)
    assert process.current.is_in_use
    assert process.warmed == [process.current]
    assert process.folder.current() == process.key


def test_start_does_not_trust_what_earlier_processes_have_left(start, world):
    earlier = start()
    world.pass_time(0.001)
    assert start().key != earlier.key


def test_process_joins_the_generation_that_another_has_begun(start):
    first, second = start(), start()
    second.poll()
    first.settle()
    assert first.key == second.key


def test_start_takes_the_folder_over_from_other_code_for_which_everything_is_then_for_django(start, world):
    old = start(code=OTHER_CODE)
    world.pass_time(1)
    new = start()
    old.poll()
    assert old.switch.current is None
    assert old.folder.current() == new.key
    new.poll()
    assert new.key.fingerprint == CODE


def test_start_takes_the_folder_over_also_where_the_database_went_away_in_between(start, world, tmp_path):
    start(code=OTHER_CODE)
    asked = []

    def read_version() -> int:
        asked.append(world.version)
        if len(asked) == 2:  # the question under the lock
            raise DatabaseError
        return asked[-1]

    process = Process(world, tmp_path / "ready", read_version=read_version)
    process.poll()
    assert process.switch.current is None
    process.poll()
    assert process.key.fingerprint == CODE


def test_processes_join_also_when_the_version_has_gone_back(start, world):
    """A database that was restored."""
    world.version = 2
    first, second = start(), start()
    first.settle()
    second.settle()
    world.version = 1
    first.settle()
    second.settle()
    assert first.key.version == 1
    assert second.key == first.key


def test_generation_of_other_code_is_not_joined_although_its_clock_is_ahead(start, world):
    other = start(code=OTHER_CODE)
    world.now -= CLOCK_CORRECTION - 1
    assert start().key != other.key


# --- A new version


def test_same_version_keeps_the_generation(start):
    process = start()
    process.build()
    key = process.key
    for _number in range(3):
        process.settle()
    assert process.key == key


def test_new_version_is_used_after_its_head_start(start, world):
    process = start()
    world.version = 2
    process.poll()
    began = world.now
    process.poll(HEAD_START - 0.01)
    assert process.key.version == 1
    process.poll(0.02)
    assert process.key == GenerationKey.of(2, CODE, began)


def test_new_version_is_used_as_soon_as_it_is_built(start, world):
    process = start()
    world.version = 2
    process.poll()
    process.warmed[-1].is_built = True
    process.poll(0.001)
    assert process.key.version == 2


def test_version_that_follows_during_the_head_start_gets_no_longer_one(start, world):
    process = start()
    world.version = 2
    process.poll()
    world.version = 3
    process.poll(HEAD_START - 0.01)
    assert process.warmed[-1].key.version == 3
    assert process.key.version == 1
    process.poll(0.02)
    assert process.key.version == 3


def test_last_swap_has_the_last_version(world, tmp_path):
    """A version that is committed between the poll and the swap is the one that is used."""
    asked = []

    def read_version() -> int:
        asked.append(world.version)
        if len(asked) == 5:  # the poll that swaps has asked; the question under the lock is still to come
            world.version = 3
        return asked[-1]

    process = Process(world, tmp_path / "ready", read_version=read_version)
    process.poll()
    world.version = 2
    process.poll()
    process.poll()
    process.poll(HEAD_START)
    assert asked[-2:] == [2, 3]
    assert process.key.version == process.folder.current().version == 3


def test_what_was_built_in_the_head_start_is_written_with_the_swap_and_not_before(start, world):
    process = start()
    world.version = 2
    process.poll()
    process.warmed[-1].store(PAGE, a_response("new"))
    process.folder.write(process.warmed[-1].key, PAGE, process.warmed[-1].responses[PAGE])
    assert not (process.folder.root / process.warmed[-1].key).exists()
    process.poll(HEAD_START)
    assert process.folder.read(process.key, PAGE).body().startswith(b"new")


def test_what_was_read_in_the_version_before_is_what_is_built_ahead(start, world):
    process = start()
    process.build()
    world.version = 2
    process.poll()
    assert process.warmed[-1].keys_by_hits() == [PAGE]


def test_page_built_during_the_head_start_stands_in_as_well(start, world):
    process = start()
    world.version = 2
    process.poll()
    process.build("late")
    process.poll(HEAD_START)
    assert process.current.stale(PAGE, world.now).body().startswith(b"late")


def test_page_of_the_version_before_stands_in_for_an_hour(start, world):
    process = start()
    process.build("old")
    world.version = 2
    process.settle()
    assert PAGE not in process.current.responses
    assert process.current.stale(PAGE, world.now + 3599).body().startswith(b"old")
    assert process.current.stale(PAGE, world.now + 3600) is None


def test_generation_of_a_version_that_is_over_already_is_not_joined(start, world):
    first, second = start(), start()
    world.version = 2
    first.settle()
    world.version = 3
    second.settle()
    assert (first.key.version, second.key.version) == (2, 3)


# --- Crashes, and a folder that is taken away


def test_version_committed_while_no_process_ran_is_used_by_the_next_start(start, world):
    start().build("old")  # and killed
    world.version = 2
    process = start()
    assert process.key.version == 2
    assert process.folder.read(process.key, PAGE) is None


def test_process_killed_between_making_a_generation_and_linking_it_is_made_good(start, world):
    process = start()
    world.version = 2
    (process.folder.root / GenerationKey.of(2, CODE, world.now)).mkdir()  # by the process that was killed
    (process.folder.root / ".1").symlink_to("nowhere")
    process.settle()
    assert process.folder.current() == process.key
    assert process.key.version == 2


def test_folder_that_is_deleted_is_made_again(start):
    process = start()
    (process.folder.root / "current").unlink()
    process.settle()
    assert process.folder.current() == process.key


def test_process_goes_on_alone_where_the_folder_cannot_be_written(start, world, tmp_path, caplog):
    (tmp_path / "ready").write_text("in the way of the folder")
    with caplog.at_level(logging.CRITICAL):
        process = start()
        key = process.key
        assert not process.current.is_in_folder
        process.settle()
        assert process.key == key
        world.version = 2
        process.settle()
    assert process.key.version == 2


# --- Asking the database


@pytest.mark.django_db(transaction=True)  # the connection is closed in between
def test_error_of_the_database_is_passed_on_and_the_next_question_answered():
    def fail(*_query):
        raise OperationalError

    with connection.execute_wrapper(fail), pytest.raises(OperationalError):
        read_version()
    assert read_version() == site_version()
