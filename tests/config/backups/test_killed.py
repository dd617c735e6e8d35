"""Backup, restore and upgrade killed at random moments: nothing is lost, and the next run works."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from config.backups.archive import verify
from tests.config.backups.backing_up import done, empty_place, manage, rows, uploads
from tests.conftest import CopySite
from tests.database import execute
from tests.pages.startup.starting import Place

pytestmark = [pytest.mark.drill, pytest.mark.xdist_group("backups")]

KILLS = int(os.environ.get("KILLS", "10"))
FORGET = "DELETE FROM django_migrations WHERE app = 'config'"  # so that there is something to migrate


@pytest.fixture(scope="module")
def original(copy_site: CopySite) -> Place:
    place = copy_site()
    (place.folder / "media").mkdir(exist_ok=True)
    (place.folder / "media" / "large.bin").write_bytes(random.Random(1).randbytes(20_000_000))  # noqa: S311
    return place


@pytest.fixture(scope="module")
def backup(original: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "site.tar.gz"
    done(original, "backup", path)
    return path


def killed(place: Place, *arguments: str | Path) -> Iterator[int]:
    """Run a command again and again, and kill it each time at another moment of its way; yield how often.

    The moments are spread over two seconds, from when Python and Django have nearly begun.
    """
    begun = time.monotonic()
    assert manage(place, "restore", "none", "--verify").returncode == 1
    start = time.monotonic() - begun
    chance = random.Random(7)  # noqa: S311  (the same moments each time)
    for number in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=settings.BASE_DIR,
            env=place.environment() | place.variables,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            process_group=0,
        )
        time.sleep(0.7 * start + chance.uniform(0, 2.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        yield number


def test_backup_is_whole_or_not_there(original, tmp_path):
    before = rows(original), uploads(original)
    path = tmp_path / "site.tar.gz"
    for _number in killed(original, "backup", path):
        if path.exists():
            assert len(verify(path).files) == len(before[1]) + 1
            path.unlink()
    done(original, "backup", path)
    assert len(verify(path).files) == len(before[1]) + 1
    assert (rows(original), uploads(original)) == before
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_restore_leaves_the_database_empty_or_restored_and_goes_on(original, backup, tmp_path):
    whole = rows(original)
    with empty_place(tmp_path / "new") as place:
        (place.folder / "db.sqlite3").touch()
        for _number in killed(place, "restore", backup, "--replace"):
            assert rows(place) in ({}, whole)
        done(place, "restore", backup, "--replace")
        assert rows(place) == whole
        assert uploads(place) == uploads(original)


def test_upgrade_loses_nothing_and_goes_on(original, copy_site, tmp_path):
    place = copy_site()
    whole = {name: found for name, found in rows(place).items() if name != "django_migrations"}
    execute(place.folder, place.database_url, FORGET)
    path = tmp_path / "before.tar.gz"
    for _number in killed(place, "upgrade", path):
        now = rows(place)
        del now["django_migrations"]
        assert now == whole
        if path.exists():
            assert ["config", "0001_shared_cache"] not in verify(path).migrations
    process = manage(place, "upgrade", path)
    if process.returncode:  # a run had come to its end before it was killed
        assert "is there already" in process.stderr
    assert verify(path).files
