"""Processes that are killed in the middle of what they do, on a database that outlives them."""

import os
import signal
import time
from collections.abc import Callable
from random import Random
from typing import Any

from django.db import connection, connections

WRITES = ("INSERT", "UPDATE", "DELETE")


class Writes:
    """Counts what is written to the database; kills its own process after so much of it."""

    def __init__(self, last: int = 0) -> None:
        self.count = 0
        self.last = last

    def __call__(self, execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        """Let a statement be executed."""
        result = execute(sql, *arguments)
        if sql.lstrip().upper().startswith(WRITES):
            self.count += 1
            if self.count == self.last:
                os.kill(os.getpid(), signal.SIGKILL)
        return result


class Killer:
    """Kills processes, each a copy of this one that does one thing.

    Of three one dies at a random moment of the time that it takes, two between two things that they write: most of a
    request's time passes before and after that, and then a save that is done by halves is hardly ever cut in two.
    """

    def __init__(self, random: Random) -> None:
        self.random = random
        self.kills = 0
        self.durations = {"request": 0.2, "job": 0.1}  # seconds, of the last one
        self.writes = {"request": 20, "job": 20}  # of the last one that wrote anything

    def watch(self, kind: str, act: Callable[[], Any]) -> Any:
        """Let something be done, and learn how long it takes and how much it writes."""
        begun, writes = time.perf_counter(), Writes()
        with connection.execute_wrapper(writes):
            result = act()
        self.durations[kind] = time.perf_counter() - begun
        self.writes[kind] = writes.count or self.writes[kind]
        return result

    def kill(self, kind: str, act: Callable[[], Any]) -> None:
        """Let something be done in a process that is killed, mostly before it is done."""
        self.kills += 1
        at_a_write = self.random.random() < 2 / 3
        last = self.random.randint(1, self.writes[kind])
        moment = self.random.uniform(0, 1.2 * self.durations[kind])
        connections.close_all()  # the copy opens its own
        if not (child := os.fork()):
            try:
                with connection.execute_wrapper(Writes(last if at_a_write else 0)):
                    act()
                if at_a_write:
                    os.kill(os.getpid(), signal.SIGKILL)  # it wrote less
                signal.pause()  # done; nobody gets the answer
            finally:
                os._exit(1)
        if not at_a_write:
            time.sleep(moment)
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
