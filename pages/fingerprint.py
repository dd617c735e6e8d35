"""A digest that changes with files: whether what was made of them is still true."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(files: Iterable[Path], *others: str) -> str:
    """Return a digest of each file's path, size and time of change, and of other texts that count."""
    statuses = ((path, path.stat()) for path in sorted(files))
    lines = [f"{path} {status.st_size} {status.st_mtime_ns}" for path, status in statuses]
    return hashlib.sha256("\n".join([*lines, *others]).encode()).hexdigest()[:12]
