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


def killed(place: Place, whole: float, *arguments: str | Path) -> Iterator[bool]:
    """Run a command again and again, and kill it each time at another moment of its way, which takes `whole` seconds.

    Yields after each run whether it had come to its end before; such a run is not counted. The way begins when Python
    and Django have nearly started.
    """
    start = measure(place, "restore", "none", "--verify", code=1)
    chance = random.Random(7)  # noqa: S311  (the same parts of the way each time)
    cut_off = 0
    while cut_off < KILLS:
        process = subprocess.Popen(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=settings.BASE_DIR,
            env=place.environment() | place.variables,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            process_group=0,
        )
        time.sleep(chance.uniform(0.7 * start, max(start, whole)))
        os.killpg(process.pid, signal.SIGKILL)
        _out, said = process.communicate()
        assert process.returncode in {0, -signal.SIGKILL}, said  # the run after one that was cut off works
        cut_off += process.returncode != 0
        yield process.returncode == 0


def measure(place: Place, *arguments: str | Path, code: int = 0) -> float:
    """Return the seconds that a command takes when nobody cuts it off."""
    begun = time.monotonic()
    process = manage(place, *arguments)
    assert process.returncode == code, process.stderr
    return time.monotonic() - begun


def test_backup_is_whole_or_not_there(original, tmp_path):
    before = rows(original), uploads(original)
    path = tmp_path / "site.tar.gz"
    whole = measure(original, "backup", path)
    path.unlink()
    for _ended in killed(original, whole, "backup", path):
        if path.exists():
            assert len(verify(path).files) == len(before[1]) + 1
            path.unlink()
    done(original, "backup", path)
    assert len(verify(path).files) == len(before[1]) + 1
    assert (rows(original), uploads(original)) == before
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_restore_leaves_the_database_empty_or_restored_and_goes_on(original, backup, tmp_path):
    before = rows(original)
    with empty_place(tmp_path / "new") as place, empty_place(tmp_path / "other") as other:
        whole = measure(other, "restore", backup)
        assert rows(other) == before
        (place.folder / "db.sqlite3").touch()
        for _ended in killed(place, whole, "restore", backup, "--replace"):
            assert rows(place) in ({}, before)
        done(place, "restore", backup, "--replace")
        assert rows(place) == before
        assert uploads(place) == uploads(original)


def test_upgrade_loses_nothing_and_goes_on(copy_site, tmp_path):
    place, other = copy_site(), copy_site()
    before = without_migrations(rows(place))
    path = tmp_path / "before.tar.gz"
    for one in (place, other):
        execute(one.folder, one.database_url, FORGET)
    whole = measure(other, "upgrade", tmp_path / "measured.tar.gz")
    for ended in killed(place, whole, "upgrade", path):
        assert without_migrations(rows(place)) == before
        if path.exists():
            assert ["config", "0001_shared_cache"] not in verify(path).migrations
        if ended or not (place.folder / "upgrading").exists():  # or killed while Python ended, with all done
            path.unlink(missing_ok=True)
            (place.folder / "static.stamp").unlink(missing_ok=True)
            execute(place.folder, place.database_url, FORGET)
    done(place, "upgrade", path)
    assert without_migrations(rows(place)) == before
    assert ["config", "0001_shared_cache"] not in verify(path).migrations


def without_migrations(found: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: of_table for name, of_table in found.items() if name != "django_migrations"}
