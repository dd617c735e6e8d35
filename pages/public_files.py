"""Files that nginx reads, in a process whose other files are for its own user alone (`serve` sets the umask)."""

from contextlib import suppress
from pathlib import Path

FILE, FOLDER = 0o644, 0o755


def make_public_folder(folder: Path) -> None:
    """Make a folder and what lacks above it, for everybody to read; those that are there stay as they are."""
    if folder.is_dir():
        return
    make_public_folder(folder.parent)
    with suppress(FileExistsError):  # another thread was first
        folder.mkdir()
    folder.chmod(FOLDER)
