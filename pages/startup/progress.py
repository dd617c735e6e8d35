"""What a long step of the start shows."""

import time
from typing import Self

from django.core.management.base import OutputWrapper

EVERY_SECONDS = 0.1


class Step:
    """Shows one step and how long it takes: on a terminal one line that counts, elsewhere its beginning and end.

    Commands write their output to it; each write counts as one more thing done.
    """

    def __init__(self, out: OutputWrapper, name: str) -> None:
        self._out = out
        self._name = name
        self._count = 0

    def __enter__(self) -> Self:
        self._start = self._shown = time.monotonic()
        self._show("...")
        return self

    def write(self, text: str) -> None:
        """Count one more thing done."""
        self._count += 1
        if self._out.isatty() and time.monotonic() - self._shown >= EVERY_SECONDS:
            self._show(f"... {self._count}")
            self._shown = time.monotonic()

    def __exit__(self, *error: object) -> None:
        outcome = "stopped" if any(error) else "done"
        self._show(f"{outcome} after {time.monotonic() - self._start:.1f} s", ending="\n")

    def _show(self, state: str, ending: str = "") -> None:
        if self._out.isatty():
            # back to the beginning of the line, and clear what is left of the longer text before
            self._out.write(f"\r{self._name} {state}\x1b[K", ending=ending)
        else:
            self._out.write(f"{self._name} {state}")
        self._out.flush()
