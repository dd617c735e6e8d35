"""Processes that are killed in the middle of what they do, on a database that outlives them."""

import os
import signal
import time
from collections.abc import Callable
from random import Random
from typing import Any

from django.db import connection, connections


class Killer:
    """Kills processes, each a copy of this one that does one thing, at a random moment of the time that it takes."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.kills = 0
        self.durations = {"request": 0.2, "job": 0.1}  # seconds, of the last one

    def kill(self, kind: str, act: Callable[[], Any]) -> None:
        """Let something be done in a process that is killed, mostly before it is done."""
        self.kills += 1
        connections.close_all()  # the copy opens its own
        if not (child := os.fork()):
            try:
                act()
                signal.pause()  # done; nobody gets the answer
            finally:
                os._exit(1)
        time.sleep(self.random.uniform(0, 1.2 * self.durations[kind]))
        os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), f"the {kind} failed before it was killed"
        self.wait_until_gone()

    def wait_until_gone(self) -> None:
        """Wait until PostgreSQL too has noticed: what it was told to commit it commits."""
        while connection.vendor == "postgresql" and _other_connections():
            time.sleep(0.005)


def _other_connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        return cursor.fetchone()[0]
