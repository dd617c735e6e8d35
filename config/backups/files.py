"""Uploads, read from and written to wherever the settings keep them."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from django.core.files.base import File
from django.core.files.storage import Storage, storages

FOLDERS = {"media": "default", "private": "private"}  # in a backup, and the storage
CHUNK = 1024 * 1024  # bytes


class HashedFile:
    """A file that is read once, with the SHA-256 and the number of bytes of what was read."""

    def __init__(self, file: IO[bytes] | File) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        data: bytes = self._file.read(size)
        self._hash.update(data)
        self.size += len(data)
        return data

    def digest(self) -> str:
        """Return the checksum of what was read."""
        return self._hash.hexdigest()


def digest_of(file: IO[bytes] | File) -> str:
    """Return the checksum of a file."""
    hashed = HashedFile(file)
    while hashed.read(CHUNK):
        pass
    return hashed.digest()


def stored_names() -> Iterator[str]:
    """Yield the names of all uploads, each below the folder that it has in a backup."""
    for folder, alias in FOLDERS.items():
        yield from (f"{folder}/{name}" for name in _below(storages[alias], ""))


def place_of(name: str) -> tuple[Storage, str]:
    """Return the storage of a name in a backup, and its name there."""
    folder, _slash, rest = name.partition("/")
    return storages[FOLDERS[folder]], rest


def put_back(name: str, content: IO[bytes], digest: str) -> bool:
    """Store a file under its name in place of what was cut off or is another; tell whether it was not there."""
    storage, rest = place_of(name)
    if is_there(name, digest):
        return False
    storage.delete(rest)
    if storage.save(rest, File(content)) != rest:
        raise OSError(f"{name} was stored under another name: somebody else writes there")
    return True


def is_there(name: str, digest: str) -> bool:
    """Tell whether a file is stored whole."""
    storage, rest = place_of(name)
    with suppress(FileNotFoundError), storage.open(rest) as file:
        return digest_of(file) == digest
    return False


def _below(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in sorted(names) if not name.startswith("."))  # a probe for room
    for inner in sorted(folders):
        yield from _below(storage, f"{prefix}{inner}")
