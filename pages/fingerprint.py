"""A fingerprint changes when any of the files it is made of is edited, added or removed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

CODE = ("config", "contacts", "pages", "resources", "templates", "locale", "static")


def fingerprint(files: Iterable[Path], *values: object) -> str:
    """Return a digest (12 hexadecimal digits) of the files' paths, sizes and times of change, and of more values."""
    found = ((path, path.stat()) for path in sorted(files))
    lines = [f"{path} {status.st_size} {status.st_mtime_ns}" for path, status in found]
    lines += map(str, values)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def code_fingerprint() -> str:
    """Return a fingerprint of the code, templates and settings that pages are made with."""
    files = (path for name in CODE for path in (settings.BASE_DIR / name).rglob("*.*") if path.suffix != ".pyc")
    database = settings.DATABASES["default"]
    names = [database.get(name) for name in ("HOST", "PORT", "NAME")]
    return fingerprint(files, settings.SITE_URL, settings.SITE_LIVE, *names)
