"""Processes of one site, and what readers see in them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from base64 import b64decode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

from django.conf import settings

from tests.reading import AS_OF

# After one second every process shows what was changed. The bench measures that; a test that fails on a busy machine
# says nothing, so that tests wait longer, unless VISIBLE_SECONDS=1 asks for it on a machine that does nothing else.
VISIBLE_SECONDS = float(os.environ.get("VISIBLE_SECONDS", "15"))
SETTLED_SECONDS = 1.0  # for which nothing has changed any more
PATIENCE = 60  # seconds


@dataclass(frozen=True, slots=True)
class Seen:
    """An answer; the body without the time at which it was made."""

    status: int
    headers: dict[str, str]
    body: bytes

    @classmethod
    def of(cls, answer: dict[str, Any]) -> Self:
        return cls(answer["status"], answer["headers"], b64decode(answer["body"]))

    @property
    def text(self) -> str:
        return AS_OF.sub("", self.body.decode())

    @property
    def source(self) -> str:
        return self.headers.get("Cache-Status", "")

    @property
    def shown(self) -> tuple[int, str, str]:
        return self.status, self.headers.get("Location", ""), self.text


@dataclass(slots=True)
class Process:
    """A process told what to do; `wait` is for its first line."""

    kind: str
    environment: dict[str, str]
    process: subprocess.Popen[str] = field(init=False)

    def __post_init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.pages.page_cache.worker", self.kind],
            cwd=settings.BASE_DIR,
            env=os.environ | self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def wait(self) -> Self:
        assert self._line() == "ready"
        return self

    def tell(self, name: str, **arguments: Any) -> None:
        """Give a command without waiting for its end."""
        self.process.stdin.write(json.dumps([name, arguments]) + "\n")
        self.process.stdin.flush()

    def do(self, name: str, **arguments: Any) -> Any:
        """Give a command and return what it returns."""
        self.tell(name, **arguments)
        return self.take()

    def take(self) -> Any:
        """Return what the last command that was told returns."""
        answer = json.loads(self._line())
        assert "error" not in answer, answer
        return answer["value"]

    def get(self, path: str, **arguments: Any) -> Seen:
        return Seen.of(self.do("ask", path=path, **arguments))

    def fresh(self, path: str) -> Seen:
        """Return what Django answers, without anything that is stored."""
        return self.get(path, fresh=True)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            pipe.close()

    def _line(self) -> str:
        line = self.process.stdout.readline()
        assert line, f"the process ended with {self.process.poll()}"
        return line.strip()


@dataclass(slots=True)
class Site:
    """Two processes for readers, one for editors, on one database and one folder."""

    environment: dict[str, str]
    readers: list[Process] = field(init=False)
    editor: Process = field(init=False)
    clock: tuple[datetime, float] | None = None  # what it was set to, and when (monotonic)

    def __post_init__(self) -> None:
        self.readers = [Process("readers", self.environment) for _number in range(2)]
        self.editor = Process("editors", self.environment)
        for process in (*self.readers, self.editor):
            process.wait()

    @property
    def folder(self) -> Path:
        return Path(self.environment["DATA_DIR"]) / "ready"

    def set_clock(self, moment: str) -> None:
        """Let all processes think that it is another time, from which their clocks go on."""
        self.clock = datetime.fromisoformat(moment), time.monotonic()
        processes = (*self.readers, self.editor)
        for process in processes:  # at once, as clocks of one machine are
            process.tell("set_clock", moment=moment)
        for process in processes:
            process.take()

    def replace(self, number: int) -> None:
        """Start another process for readers in place of one that was killed."""
        self.readers[number] = Process("readers", self.environment).wait()
        if self.clock:
            moment, since = self.clock
            now = moment + timedelta(seconds=time.monotonic() - since)
            self.readers[number].do("set_clock", moment=now.isoformat())

    def settle(self) -> None:
        """Wait until both processes have used one generation for a second."""
        end = time.monotonic() + PATIENCE
        since, before = time.monotonic(), None
        while time.monotonic() - since < SETTLED_SECONDS:
            assert time.monotonic() < end, before
            now = [os.path.realpath(self.folder / "current"), *("hit" in each.get("/").source for each in self.readers)]
            if now != before or not all(now):
                since, before = time.monotonic(), now
            time.sleep(0.02)

    def close(self) -> None:
        for process in (*self.readers, self.editor):
            process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def wait_until(condition: Any, seconds: float = VISIBLE_SECONDS) -> None:
    """Wait for a condition; fail with what it last returned after so many seconds."""
    end = time.monotonic() + seconds
    while not (last := condition()):
        assert time.monotonic() < end, last
        time.sleep(0.01)
