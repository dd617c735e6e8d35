"""What a PDF says of itself, as far as it matters to those who cannot see it; read in a process with limits."""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass
from os import killpg
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any, Self

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from resources import pdf_child

SECONDS = 5
COMMAND = [sys.executable, "-I", str(Path(pdf_child.__file__))]


class Reason(TextChoices):
    """Why a file cannot be read, as editors are told."""

    NO_PDF = "no-pdf", _("This is not a PDF. Export the document as a PDF and choose that file.")
    CUT_OFF = "cut-off", _("This PDF ends in the middle. Fetch it or export it again.")
    LOCKED = "locked", _("This PDF is locked with a password. Save it without one.")
    TOO_HEAVY = "too-heavy", _("This PDF takes too much memory or time to read. Export the document again.")
    BROKEN = "broken", _("This PDF cannot be read. Export the document again.")


class UnreadablePdfError(Exception):
    """A file that cannot be read as a PDF."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """Pages, and whether the file is marked for assistive technology; no pages where it cannot be read."""

    page_count: int | None
    is_tagged: bool
    has_title: bool
    has_language: bool

    @classmethod
    def of_unreadable(cls) -> Self:
        """Return what is known of a file that is broken, encrypted or no PDF."""
        return cls(None, is_tagged=False, has_title=False, has_language=False)


def read_pdf(file: IO[bytes]) -> PdfFacts:
    """Return the facts of a PDF, which is read from its start and rewound; raises `UnreadablePdfError`.

    Takes about 0.15 seconds, at most five.
    """
    file.seek(0)
    with TemporaryFile() as copy:
        copyfileobj(file, copy)
        copy.seek(0)
        found = _ask_child(copy)
    file.seek(0)
    if "reason" in found:
        raise UnreadablePdfError(Reason(found["reason"]))
    return PdfFacts(**found)


def _ask_child(file: IO[bytes]) -> dict[str, Any]:
    """Return what the child says; what it dies of is said in its place."""
    with TemporaryFile() as said:  # no pipe: what it writes is limited too
        child = subprocess.Popen(  # noqa: S603  (no part is a visitor's)
            COMMAND, stdin=file, stdout=said, stderr=subprocess.DEVNULL, env={}, cwd="/", process_group=0
        )
        try:
            code = child.wait(SECONDS)
        except subprocess.TimeoutExpired:
            killpg(child.pid, signal.SIGKILL)
            code = child.wait()
        if code in {-signal.SIGKILL, -signal.SIGXCPU}:
            return {"reason": Reason.TOO_HEAVY}
        said.seek(0)
        try:
            found: dict[str, Any] = json.load(said)
        except ValueError:
            return {"reason": Reason.BROKEN}
        return found
