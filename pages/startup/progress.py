"""What a long step of the start shows."""

import time
from types import TracebackType
from typing import Self

from django.core.management.base import OutputWrapper

EVERY_SECONDS = 5.0


class Step:
    """Shows one step and how long it takes: on a terminal one line, elsewhere a line now and then.

    It is what commands write their output to, and `write` alone is told what was done.
    """

    def __init__(self, out: OutputWrapper, name: str) -> None:
        self._out = out
        self._name = name
        self._terminal = out.isatty()
        self._count = 0

    def __enter__(self) -> Self:
        self._start = self._shown = time.monotonic()
        self._show("...")
        return self

    def write(self, text: str) -> None:
        """Count one more thing done."""
        self._count += 1
        if time.monotonic() - self._shown >= (0.1 if self._terminal else EVERY_SECONDS):
            self._show(f"... {self._count}")
            self._shown = time.monotonic()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        seconds = time.monotonic() - self._start
        self._show(f"{'stopped' if kind else 'done'} after {seconds:.1f} s", last=True)

    def _show(self, state: str, *, last: bool = False) -> None:
        if self._terminal:
            # back to the beginning of the line, and clear what is left of the longer text before
            self._out.write(f"\r{self._name} {state}\x1b[K", ending="\n" if last else "")
        else:
            self._out.write(f"{self._name} {state}")
        self._out.flush()
