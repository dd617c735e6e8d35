"""The file of a backup: a compressed tar, its manifest last, under its name only when it is whole."""

import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import IO

from django.core.management import CommandError

from config.backups.files import HashedFile, digest_of

DATABASE = "database"
MANIFEST = "manifest.json"
FORMAT = 1
BROKEN = (tarfile.TarError, EOFError, zlib.error, OSError, ValueError, KeyError, TypeError)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds, and what it does not."""

    made_at: str  # ISO 8601, UTC
    database: str  # as Django names the vendor
    migrations: list[list[str]]  # label and name of each, as they were applied
    site_url: str
    key: str  # by which the SECRET_KEY of that time is known again, and cannot be found
    not_contained: list[str]  # settings that have to be kept elsewhere
    files: dict[str, str] = field(default_factory=dict)  # SHA-256 by name
    format: int = FORMAT


class Archive:
    """A backup that is being written."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest) -> None:
        self._tar = tar
        self.manifest = manifest

    def add(self, name: str, file: IO[bytes], size: int) -> None:
        """Add a file."""
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        hashed = HashedFile(file)
        self._tar.addfile(info, hashed)
        self.manifest.files[name] = hashed.digest()


@contextmanager
def writing(path: Path, manifest: Manifest) -> Iterator[tuple[Archive, Path]]:
    """Yield the archive, and a folder for what is on its way into it; both are removed by the next one when cut off.

    `path` is there when the block has ended, and whole on the disk.
    """
    part = path.with_name(f"{path.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700, parents=True)
    unfinished = part / "archive"
    with unfinished.open("xb") as file:
        unfinished.chmod(0o600)
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:
            archive = Archive(tar, manifest)
            yield archive, part
            _add_manifest(tar, manifest)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)
    shutil.rmtree(part)
    _sync_folder(path.parent)


def verify(path: Path) -> Manifest:
    """Read all of a backup; CommandError where anything lacks, is too much or is not what it was."""
    found: dict[str, str] = {}
    text = b""
    try:
        for name, file in _members(path):
            if name == MANIFEST:
                text = file.read()
            else:
                found[name] = digest_of(file)
    except BROKEN as error:  # in the middle of a file
        raise CommandError(f"{path} is no whole backup ({error}).") from error
    try:
        manifest = Manifest(**json.loads(text))
    except BROKEN as error:
        raise CommandError(f"{path} is no whole backup: it has no manifest that can be read.") from error
    if manifest.format != FORMAT:
        raise CommandError(f"{path} is of format {manifest.format}; this code reads {FORMAT}.")
    if wrong := sorted(name for name in found | manifest.files if found.get(name) != manifest.files.get(name)):
        raise CommandError(f"{path} is damaged: {len(wrong)} files lack or are not what they were: {wrong[0]} ...")
    return manifest


def contents(path: Path) -> Iterable[tuple[str, IO[bytes]]]:
    """Yield each file of a backup that was verified, in the order in which it was written."""
    return ((name, file) for name, file in _members(path) if name != MANIFEST)


def _members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    try:
        with tarfile.open(path, mode="r|gz") as tar:
            for member in tar:
                if file := tar.extractfile(member):
                    yield member.name, file
    except FileNotFoundError as error:
        raise CommandError(f"{path} is not there.") from error
    except BROKEN as error:
        raise CommandError(f"{path} is no whole backup ({error}).") from error


def _add_manifest(tar: tarfile.TarFile, manifest: Manifest) -> None:
    data = json.dumps(asdict(manifest), indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode = len(data), 0o600
    tar.addfile(info, BytesIO(data))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
