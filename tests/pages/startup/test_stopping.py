"""`manage.py serve` that is told to stop: once, many times, in the middle of its first start."""

import os
import random
import signal
import socket
import time

import pytest

from tests.pages.startup.starting import Place, Start, free_port

pytestmark = [pytest.mark.xdist_group("serve"), pytest.mark.drill, pytest.mark.any_database]

BURSTS = int(os.environ.get("BURSTS", "4"))
SIGNALS = 12  # in each
SECONDS = 3


def start_again(place: Place) -> Start:
    return place.start("--port", str(free_port()), SITE_URL=place.address)


def test_burst_of_signals_stops_it_as_one_does(place, site):
    chance = random.Random(12)  # noqa: S311  (the same moments each time)
    for _burst in range(BURSTS):
        with start_again(place) as start:
            start.wait_for_answer()
            time.sleep(chance.uniform(0, 0.3))
            begun = time.monotonic()
            for _number in range(SIGNALS):
                # Not at once, so that some come while others are heeded.
                if start.process.poll() is None:
                    start.process.send_signal(signal.SIGTERM)
                time.sleep(chance.uniform(0, 0.002))
            assert start.wait() == 0
            assert time.monotonic() - begun < SECONDS
            assert start.output.count("\n") == 1, start.output  # that it serves


def test_signal_of_the_moment_in_which_it_begins_to_serve(place, site):
    for _number in range(BURSTS):
        with start_again(place) as start:
            start.wait_until(lambda start=start: "Serving" in start.output)
            begun = time.monotonic()
            assert start.stop(signal.SIGTERM) == 0
            assert time.monotonic() - begun < SECONDS


def test_signal_ends_a_first_start_that_is_under_way(new_place):
    with new_place().start() as start:
        start.wait_until(lambda: "Preparing the database ..." in start.output)
        begun = time.monotonic()
        for _number in range(SIGNALS):
            start.process.send_signal(signal.SIGTERM)
        assert start.wait() == -signal.SIGTERM
        assert time.monotonic() - begun < SECONDS
    assert "Serving" not in start.output


def test_systemd_is_told_when_it_listens(place, site, tmp_path):
    port = free_port()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as service_manager:
        service_manager.bind(str(tmp_path / "notify"))
        service_manager.settimeout(60)
        variables = {"SITE_URL": place.address, "NOTIFY_SOCKET": str(tmp_path / "notify")}
        with place.start("--port", str(port), **variables) as start:
            assert service_manager.recv(100) == b"READY=1"
            assert start.answers()
