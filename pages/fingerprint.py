"""A fingerprint of files changes when any of them is edited, added or removed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(files: Iterable[Path], *values: object) -> str:
    """Return a digest (hexadecimal) of the files' paths, sizes and times of change, and of further values."""
    lines = [f"{path} {status.st_size} {status.st_mtime_ns}" for path, status in ((p, p.stat()) for p in sorted(files))]
    lines += map(str, values)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]
