"""Put a backup back: uploads first, then the database in one step, then look whether all of it is there."""

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from django.db import connection

from config.backups import databases
from config.backups.archive import DATABASE, Manifest, contents, verify
from config.backups.files import is_there, put_back
from config.backups.making import key_mark
from pages.startup import preflight, schema

OTHER_KEY = (
    "SECRET_KEY is another than that of the backup, and not among SECRET_KEY_FALLBACKS: second steps of signing in "
    "cannot be checked with it, and whoever is signed in is not any more."
)


def restore(path: Path, *, replace: bool, say: Callable[[str], object]) -> Manifest:
    """Put a backup back; CommandError before anything is changed where it is damaged or does not belong here.

    Only `replace` lets it take the place of a site. Killed at any moment it leaves the database as it was or restored,
    and the next run goes on.
    """
    manifest = verify(path)
    folder = settings.DATA_DIR / "restoring"
    _refuse(manifest, replace=replace or _is_continued(folder, manifest))
    if manifest.key not in map(key_mark, [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]):
        say(OTHER_KEY)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    (folder / "manifest.json").write_text(_text(manifest))
    for name, file in contents(path):
        if name == DATABASE:
            with (folder / DATABASE).open("wb") as copy:
                shutil.copyfileobj(file, copy)
        else:
            put_back(name, file, manifest.files[name])
    databases.load(folder / DATABASE)
    if missing := [name for name, digest in manifest.files.items() if name != DATABASE and not is_there(name, digest)]:
        raise CommandError(f"{len(missing)} uploads are not as in the backup: {missing[0]} ...")
    shutil.rmtree(folder)
    return manifest


def _refuse(manifest: Manifest, *, replace: bool) -> None:
    if manifest.database != connection.vendor:
        raise CommandError(
            f"The backup is of {manifest.database}, and DATABASE_URL names {connection.vendor}. "
            "Restore it there, then: manage.py move_database"
        )
    if newer := schema.compare_applied([(label, name) for label, name in manifest.migrations]).newer:
        raise CommandError(
            f"The backup is newer than this code, which does not know {schema.some_of(newer)}. "
            "Restore it with the code that goes with it."
        )
    preflight.check_database()
    if not replace and databases.holds_a_site():
        raise CommandError("The database holds a site already. To put the backup in its place: restore FILE --replace")


def _is_continued(folder: Path, manifest: Manifest) -> bool:
    """Tell whether an earlier run of the same backup was cut off."""
    mark = folder / "manifest.json"
    return mark.exists() and mark.read_text() == _text(manifest)


def _text(manifest: Manifest) -> str:
    return json.dumps(asdict(manifest))
