"""The files of the repository: everything that .gitignore does not name."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

ROOT: Path = settings.BASE_DIR
IGNORED = {".git", *(line.strip("/") for line in (ROOT / ".gitignore").read_text().splitlines())}
PARTS = {"config", "contacts", "pages", "resources", "tests"}  # those with Python code


def files(folder: str = "", suffix: str = "") -> list[Path]:
    """Return the paths of all files below a folder, relative to the repository."""
    found = sorted(path for path in _walk(ROOT / folder) if path.name.endswith(suffix))
    assert found, f"no *{suffix} in {folder}: there is something wrong with this test"
    return found


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in folder.walk():
        folders[:] = set(folders) - IGNORED
        yield from (parent.relative_to(ROOT) / name for name in names if name not in IGNORED)


def apps() -> list[str]:
    """Return the names of the apps."""
    return [path.parts[0] for path in files(suffix="apps.py")]


def site_modules() -> list[Path]:
    """Return the Python files of the site itself, without its tests and migrations."""
    return [path for path in files(suffix=".py") if path.parts[0] != "tests" and "migrations" not in path.parts]


def text(path: Path | str) -> str:
    """Return the content of a text file."""
    return (ROOT / path).read_text(encoding="utf-8")
