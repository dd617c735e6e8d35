"""`manage.py serve` that was cut off, or that had company: the next start goes on."""

import gzip
import hashlib
import json
import signal
import time
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.pages.startup.journal import APPLY_MIGRATIONS
from tests.pages.startup.starting import PATIENCE, RUN_MANAGE

pytestmark = [pytest.mark.xdist_group("serve"), pytest.mark.long]

# Killed when the SQL of a migration has run, and the record of it is not yet made.
KILLED_BEFORE_RECORD = f"""
import os, signal
{APPLY_MIGRATIONS}
from django.db.migrations.executor import MigrationExecutor

def cut(self, app_label, name, *arguments, _record=MigrationExecutor.record_migration):
    if (app_label, name) == ("auth", "0001_initial"):
        os.kill(os.getpid(), signal.SIGKILL)
    return _record(self, app_label, name, *arguments)

MigrationExecutor.record_migration = cut
{RUN_MANAGE}
"""
KILL = "os.kill(os.getpid(), signal.SIGKILL)"
# Heeded also where whoever runs the tests ignores it, as a shell does for what runs in the background.
INTERRUPT = "signal.signal(signal.SIGINT, signal.default_int_handler); os.kill(os.getpid(), signal.SIGINT)"


def cut_after_saving(model: str, number: int, cut: str) -> tuple[str, str]:
    """Return `manage.py` with a line of Python for when it has saved so many rows of a model."""
    program = f"""
import itertools, os, signal
from django.db import connection
from django.db.models.signals import post_save

def cut(sender, counter=itertools.count(1), **arguments):
    if sender.__name__ == "{model}" and next(counter) == {number}:
        {cut}

post_save.connect(cut)
{RUN_MANAGE}
"""
    return "-c", program


@pytest.mark.drill
def test_cut_off_before_there_is_content(new_place):
    place = new_place()
    with place.start(program=("-c", KILLED_BEFORE_RECORD)) as start:
        assert start.wait() == -signal.SIGKILL

    (place.folder / "static.stamp").mkdir()  # in place of a file: cannot be written by root either
    with place.start() as start:
        assert start.wait() == 1
    assert "Preparing the database done after" in start.output
    assert f"{place.folder / 'static.stamp'} cannot be written (" in start.output.splitlines()[-1]
    assert "start again: it goes on from here" in start.output.splitlines()[-1]
    assert "Traceback" not in start.output

    (place.folder / "static.stamp").rmdir()
    with place.start() as start:
        start.wait_until(lambda: len(list(place.folder.glob("static/**/*.*"))) > 100)
        start.stop(signal.SIGKILL)
    assert "Collecting static files done" not in start.output
    # Killed in the middle of a file, which is luck otherwise.
    half = next(place.folder.glob("static/**/*.css"))
    half.write_bytes(half.read_bytes()[:100])

    with place.start() as start:
        start.wait_until(lambda: "Collecting static files done" in start.output)
    assert_whole_static_files(place.folder / "static")


def assert_whole_static_files(folder: Path) -> None:
    """Compare each file with its original, with the digest in its other name, and with its compressed form."""
    names = json.loads((folder / "staticfiles.json").read_text())["paths"]
    assert len(names) > 50
    compressed = 0
    for name, hashed_name in names.items():
        assert (folder / name).read_bytes() == Path(finders.find(name)).read_bytes()
        content = (folder / hashed_name).read_bytes()
        assert hashlib.md5(content, usedforsecurity=False).hexdigest()[:12] in hashed_name
        if (folder / f"{hashed_name}.gz").exists():
            assert gzip.decompress((folder / f"{hashed_name}.gz").read_bytes()) == content
            compressed += 1
    assert compressed > 50


@pytest.mark.drill
def test_cut_off_while_content_is_loaded(new_place, place, site):
    cut = new_place()
    cut.copy_static_files(place)
    # The server ends the connection, or the file has no room.
    sql = "SELECT pg_terminate_backend(pg_backend_pid())" if cut.database_url else "PRAGMA max_page_count = 1"
    lose_database = f"connection.cursor().execute('{sql}')"
    for way, code in ((KILL, -signal.SIGKILL), (INTERRUPT, 130), (lose_database, 1)):
        with cut.start(program=cut_after_saving("Revision", 10, way)) as start:
            assert start.wait() == code
        assert "Loading the starter content ..." in start.output
        assert "Traceback" not in start.output
        rows = cut.rows()
        assert not rows["auth_user"]
        assert not rows["contacts_county"]
        assert len(rows["wagtailcore_page"]) == 2  # Wagtail's own: the root and the welcome page
    assert "The database refused (" in start.output.splitlines()[-1]
    assert "start again: it goes on from here" in start.output.splitlines()[-1]

    with cut.start(program=cut_after_saving("User", 2, KILL)) as start:
        assert start.wait() == -signal.SIGKILL
    assert "Loading the starter content done" in start.output
    assert not start.passwords
    assert not cut.rows()["auth_user"]

    with cut.start() as start:
        start.wait_for_answer()
        assert set(start.passwords) == {"administrator", "editor"}
        assert not set(start.passwords.values()) & set(site.passwords.values())
        assert start.stop(signal.SIGTERM) == 0
    assert cut.counts() == site.counts


def test_two_starts_at_once_fill_one_site(new_place, place, site):
    both = new_place()
    both.copy_static_files(place)
    with both.start() as one, both.start() as other:
        end = time.monotonic() + PATIENCE
        while one.process.poll() is None and other.process.poll() is None:
            assert time.monotonic() < end, one.output + other.output
            time.sleep(0.02)
        failed, serving = (one, other) if one.process.poll() is not None else (other, one)
        serving.wait_for_answer()
        assert failed.wait() == 1
    assert f"Port {both.port} is taken" in failed.output.splitlines()[-1]
    assert "Traceback" not in failed.output
    assert len(serving.passwords) + len(failed.passwords) == 2
    assert both.counts() == site.counts
