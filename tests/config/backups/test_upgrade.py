"""`manage.py upgrade`: a backup first, and a step that fails says how to go back."""

import pytest

from tests.config.backups.backing_up import done, manage, rows
from tests.conftest import CopySite
from tests.database import execute
from tests.pages.startup.starting import Place

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("backups")]

FORGET = "DELETE FROM django_migrations WHERE app = 'contacts'"  # whose tables are there


@pytest.fixture
def place(copy_site: CopySite) -> Place:
    return copy_site()


def test_upgrade_makes_a_backup_and_prepares(place, tmp_path):
    said = done(place, "upgrade", tmp_path / "before.tar.gz")
    steps = [line.partition(":")[0] for line in said.splitlines() if line.endswith(": done") or "backup: /" in line]
    assert steps == ["backup", "migrate", "static files", "check"]
    assert (place.folder / "static/staticfiles.json").exists()
    assert ": whole." in done(place, "restore", tmp_path / "before.tar.gz", "--verify")


def test_step_that_fails_names_the_command_that_goes_back_and_goes_not_back(place, tmp_path):
    before = rows(place)
    execute(place.folder, place.database_url, FORGET)
    process = manage(place, "upgrade", tmp_path / "before.tar.gz")
    assert process.returncode == 1
    assert "migrate failed" in process.stderr
    assert f"manage.py restore {tmp_path}/before.tar.gz --replace" in process.stderr
    assert rows(place)["django_migrations"] != before["django_migrations"]
    # Given again, it goes on with the backup of before.
    backup = (tmp_path / "before.tar.gz").read_bytes()
    again = manage(place, "upgrade", tmp_path / "before.tar.gz")
    assert "it goes on" in again.stdout
    assert (tmp_path / "before.tar.gz").read_bytes() == backup


def test_upgrade_without_a_backup_changes_nothing(place, tmp_path):
    execute(place.folder, place.database_url, FORGET)
    (tmp_path / "before.tar.gz").write_text("another backup")
    process = manage(place, "upgrade", tmp_path / "before.tar.gz")
    assert process.returncode == 1
    assert "Nothing was changed" in process.stderr
    assert (tmp_path / "before.tar.gz").read_text() == "another backup"
