"""What the guide answers for a place is built for each reader, and costs little."""

import statistics
import time

import pytest

from tests.contacts.guide.for_places import asking, ways_past_the_place

pytestmark = pytest.mark.django_db

MOST_MS = 15  # of processor time
REQUESTS, ROUNDS = 200, 5


def test_answer_for_a_place_takes_at_most_15_ms_of_processor_time():
    ask = asking()
    for _way in ways_past_the_place():
        ask()
    medians: list[float] = []
    # What else the machine does takes time of the processor's caches: the best round counts.
    while len(medians) < ROUNDS and (not medians or medians[-1] > MOST_MS):
        times = []
        for _request in range(REQUESTS):
            began = time.thread_time()
            ask()
            times.append((time.thread_time() - began) * 1000)
        medians.append(statistics.median(times))
    assert min(medians) <= MOST_MS
