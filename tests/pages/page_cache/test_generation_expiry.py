"""When a generation is over: at the earliest expiry in it, and when the clock is put back."""

import pytest

from pages.page_cache.generation_switch import HEAD_START
from tests.pages.page_cache.generations import NOON, PAGE, a_response

# --- Expiry


def test_earliest_expiry_begins_a_generation_of_the_same_version(start, world):
    process = start()
    process.build(expires_at=NOON + 10)
    first = process.key
    process.poll(9.9)
    assert process.key == first
    process.poll(0.1)
    process.poll(HEAD_START)
    assert process.key != first
    assert process.key.version == world.version
    assert PAGE not in process.current.responses


def test_generation_begun_before_the_expiry_is_not_joined(start, world):
    """The other process began while the page still said that it was open."""
    first = start()
    first.build(expires_at=NOON + 10)
    world.pass_time(9)
    second = start()
    world.pass_time(1)
    first.watcher.poll()
    first.poll(HEAD_START)
    assert first.key != second.key
    assert first.key.began >= NOON + 10
    second.settle()
    assert second.key == first.key


def test_generation_begun_after_the_expiry_is_joined(start):
    first, second = start(), start()
    second.poll()
    first.settle()
    for process in (first, second):
        process.build(expires_at=NOON + 10)
    first.poll(10)
    first.poll(HEAD_START)
    second.settle()
    assert second.key == first.key


@pytest.mark.parametrize(("milliseconds", "is_joined"), [(-0.4, False), (0.4, True)])
def test_generation_begun_within_a_millisecond_of_the_expiry(start, world, milliseconds, is_joined):
    first = start()
    first.build(expires_at=NOON + 10)
    world.now = NOON + 10 + milliseconds / 1000
    second = start()
    world.now = NOON + 10.001
    first.settle()
    assert (first.key == second.key) is is_joined


def test_expired_next_generation_is_not_used(start, world):
    process = start()
    world.version = 2
    process.poll()
    process.warmed[-1].store(PAGE, a_response(expires_at=world.now + 0.1))
    process.poll(HEAD_START)
    assert process.key.version == 2
    assert process.key.began > NOON + 0.1
    assert PAGE not in process.current.responses


# --- A clock that is put back


@pytest.mark.parametrize(("seconds", "is_same"), [(4, True), (6, False)])
def test_clock_may_be_corrected_by_seconds_and_not_by_more(start, world, seconds, is_same):
    process = start()
    process.build()
    key = process.key
    process.poll(3600)  # pages may have been built until now
    world.now -= seconds
    process.settle()
    assert (process.key == key) is is_same


def test_expiry_that_is_passed_twice_begins_two_generations(start, world):
    process = start()
    process.build(expires_at=NOON + 10)
    process.poll(10)
    process.poll(HEAD_START)
    first = process.key
    world.now = NOON + 8
    process.poll()
    assert process.key == first  # corrected by seconds
    process.build(expires_at=NOON + 10)
    world.now = NOON + 10
    process.settle()
    assert process.key != first


@pytest.mark.parametrize(("seconds", "is_joined"), [(4, True), (3600, False)])
def test_generation_from_a_time_that_has_not_come_yet_is_joined_within_a_correction(start, world, seconds, is_joined):
    first, second = start(), start()
    world.pass_time(3600)
    world.version = 2
    first.settle()
    world.now -= seconds
    second.settle()
    assert (second.key == first.key) is is_joined
    assert second.key.version == 2


def test_generation_begun_while_the_clock_was_wrong_is_not_used_later(start, world):
    process = start()
    process.build(expires_at=NOON + 60)
    world.now -= 3600
    process.poll()
    wrong = process.warmed[-1]
    world.now += 3600
    process.settle()
    assert process.key.began == NOON
    process.poll(60)
    assert process.warmed[-1] is not wrong
    assert process.key.began == NOON
    process.poll(HEAD_START)
    assert process.key.began >= NOON + 60
