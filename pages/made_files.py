"""Files that are made when somebody asks for them, and kept until what they say changes.

A file is named after what it holds, and given its name when it is complete.
"""

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

from pages.file_lock import LockedError, locked_at_once
from pages.render_context import say_it_takes_long

type Make = Callable[[Path], Any]


class MadeLaterError(Exception):
    """The file is not there, and one of its kind is being made."""


def made_path(folder: str, name: str, text: str, suffix: str) -> Path:
    """Return where the file of a text is, or will be."""
    fingerprint = hashlib.sha256(text.encode()).hexdigest()[:16]
    return settings.DATA_DIR / folder / f"{name}-{fingerprint}{suffix}"


def open_or_make_alone(path: Path, make: Make) -> BinaryIO:
    """Open a file; one that is missing is made, one of its folder and kind at a time.

    For that one thread waits; for the others `MadeLaterError` is raised.
    """
    with suppress(FileNotFoundError):
        return path.open("rb")
    try:
        with locked_at_once(path.with_name(f"{path.suffix.removeprefix('.')}.lock")):
            say_it_takes_long()
            return open_or_make(path, make)
    except LockedError as error:
        raise MadeLaterError from error


def open_or_make(path: Path, make: Make) -> BinaryIO:
    """Open a file, made unless it is there; others of its name and kind are removed. Call it locked.

    What is open stays readable when another reader, of a later text, removes it.
    """
    if not path.exists():
        unfinished = path.with_suffix(f"{path.suffix}.part")
        make(unfinished)
        unfinished.rename(path)
        for other in path.parent.glob(f"{path.stem.rpartition('-')[0]}-*{path.suffix}"):
            if other != path:
                other.unlink(missing_ok=True)
    return path.open("rb")


def styles(*names: str) -> SafeString:
    """Return stylesheets to stand inside a file, one after the other."""
    sheets = (Path(str(finders.find(name))).read_text(encoding="utf-8") for name in names)
    return mark_safe("\n".join(sheets))  # noqa: S308  (no part is a reader's)
