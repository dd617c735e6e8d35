"""Make a backup while the site is used."""

from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from config.backups import databases
from config.backups.archive import DATABASE, Archive, Manifest, writing
from config.backups.files import place_of, stored_names
from pages.file_lock import LockedError, locked_at_once
from pages.startup.schema import applied_migrations

NOT_CONTAINED = ["SECRET_KEY", "SECRET_KEY_FALLBACKS", "DATABASE_URL", "EMAIL_URL", "UPLOADS_URL"]


def make(path: Path) -> Manifest:
    """Write a backup; CommandError where the file is there already, or another backup is being made.

    Uploads that are named by the database at its moment are in it: those that were there before are read before, and
    those that came meanwhile after it. An upload is stored before its row, and removed after it.
    """
    if path.exists():
        raise CommandError(f"{path} is there already. Give each backup a name of its own.")
    manifest = Manifest(
        made_at=timezone.now().isoformat(timespec="seconds"),
        database=connection.vendor,
        migrations=[list(name) for name in applied_migrations()],
        site_url=settings.SITE_URL,
        key=key_mark(settings.SECRET_KEY),
        not_contained=NOT_CONTAINED,
    )
    try:
        with locked_at_once(settings.DATA_DIR / "backup.lock"), writing(path, manifest) as (archive, folder):
            _add_uploads(archive)
            databases.dump(folder / DATABASE)
            with (folder / DATABASE).open("rb") as file:
                archive.add(DATABASE, file, (folder / DATABASE).stat().st_size)
            _add_uploads(archive)
    except LockedError as error:
        raise CommandError("Another backup is being made.") from error
    except OSError as error:
        raise CommandError(f"The backup cannot be written ({error}).") from error
    return manifest


def key_mark(key: str) -> str:
    """Return what tells a SECRET_KEY from another without telling it."""
    return salted_hmac("config.backups", "", key, algorithm="sha256").hexdigest()[:32]


def _add_uploads(archive: Archive) -> None:
    """Add what is not in it yet; what was removed meanwhile is left out."""
    for name in stored_names():
        if name in archive.manifest.files:
            continue
        storage, rest = place_of(name)
        try:
            file = storage.open(rest)
        except FileNotFoundError:
            continue
        with file:
            archive.add(name, file, file.size)
