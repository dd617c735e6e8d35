"""Copies of the repository, in which something is changed that this one does not have."""

import re
import shutil
from pathlib import Path

from django.conf import settings

from tests.config.processes import run

COPIED = ["config", "contacts", "pages", "resources", "templates", "static", "locale", "tests"]
FILES = ["manage.py", "pyproject.toml"]


def copy_repository(folder: Path) -> None:
    """Copy what the site and its tests are made of."""
    for name in COPIED:
        shutil.copytree(settings.BASE_DIR / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(settings.BASE_DIR / name, folder)


def change(path: Path, *changes: tuple[str, str]) -> None:
    """Replace texts that are in a file once."""
    text = path.read_text()
    for old, new in changes:
        assert text.count(old) == 1, f"{path}: {old}"
        text = text.replace(old, new)
    path.write_text(text)


def changed_files(folder: Path) -> set[str]:
    """Return which files of a copy are not as they are here, new ones among them."""
    return {
        path.relative_to(folder).as_posix()
        for name in COPIED
        for path in (folder / name).rglob("*")
        if path.is_file()
        and "__pycache__" not in path.parts
        and (
            not (original := settings.BASE_DIR / path.relative_to(folder)).exists()
            or original.read_bytes() != path.read_bytes()
        )
    }


def make_migrations(folder: Path) -> None:
    """Generate the migrations that the changes need, and fail when that is impossible."""
    done = run("manage.py", "makemigrations", folder=folder)
    assert done.returncode == 0, done.stderr


def make_messages(folder: Path) -> None:
    """Write new words of the interface into the catalogue, by the command that the README names."""
    (command,) = re.findall(
        r"`uv run manage.py (makemessages -l sv [^`]+)`", (settings.BASE_DIR / "README.md").read_text()
    )
    done = run("manage.py", *command.split(), folder=folder)
    assert done.returncode == 0, done.stderr


def compile_messages(folder: Path) -> None:
    """Compile the catalogues of a copy."""
    done = run("manage.py", "compilemessages", folder=folder)
    assert done.returncode == 0, done.stderr


def write_schema(folder: Path) -> None:
    """Write the schema of a first start after a new migration."""
    path = "tests/pages/startup/test_ready_schema.py"
    options = ["-q", "-m", "", "-p", "no:randomly", "-p", "no:cacheprovider"]
    done = run("-m", "pytest", *options, path, folder=folder, WRITE_SCHEMA="1")
    assert done.returncode == 0, done.stdout[-8000:]


def run_tests(folder: Path, *paths: str) -> None:
    """Run files of tests in a copy, on a new database of its own."""
    done = run("-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", *paths, folder=folder)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
