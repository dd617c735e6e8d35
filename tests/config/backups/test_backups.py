"""A backup gives back the same site on an empty machine, and what is no whole backup changes nothing."""

import json
import re
import shutil
import stat
import tarfile
from pathlib import Path

import pytest

from tests.config.backups.backing_up import differing_pages, done, empty_place, manage, rows, uploads
from tests.conftest import CopySite
from tests.pages.startup.starting import Place

pytestmark = [pytest.mark.xdist_group("backups"), pytest.mark.long, pytest.mark.sample]


@pytest.fixture(scope="module")
def original(copy_site: CopySite) -> Place:
    """The starter content, with its files and one picture."""
    place = copy_site()
    (place.folder / "media" / "images").mkdir(parents=True, exist_ok=True)
    (place.folder / "media" / "images" / "en bild.jpg").write_bytes(b"of a picture" * 100_000)
    return place


@pytest.fixture(scope="module")
def backup(original: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its backup."""
    path = tmp_path_factory.mktemp("backup") / "site.tar.gz"
    said = done(original, "backup", path)
    assert "SECRET_KEY" in said
    assert f"{path}: " in said
    assert "mode 600" in said
    return path


def test_restored_site_is_the_same_in_every_row_upload_and_page(original, backup, tmp_path, monkeypatch):
    with empty_place(tmp_path / "new") as place:
        done(place, "restore", backup)
        assert len(uploads(place)) > 5
        assert uploads(place) == uploads(original)
        assert len(rows(place)) > 80
        assert rows(place) == rows(original)
        assert differing_pages(original, place, monkeypatch, 30) == []
        (version,), (before,) = (each.rows()["pages_siteversion"] for each in (place, original))
        assert version > before
        assert not (place.folder / "restoring").exists()


def test_backup_is_for_its_owner_and_holds_no_key(original, backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    with tarfile.open(backup) as tar:
        names = tar.getnames()
        manifest = json.load(tar.extractfile("manifest.json"))
        held = b"".join(tar.extractfile(name).read() for name in names)
    assert (original.folder / "secret_key").read_bytes() not in held
    assert set(manifest["files"]) == {*names} - {"manifest.json"}
    assert "database" in names
    assert "SECRET_KEY" in manifest["not_contained"]


def test_whole_backup_is_verified_without_a_site(backup, tmp_path):
    with empty_place(tmp_path / "new") as place:
        assert ": whole." in done(place, "restore", backup, "--verify")
        assert not (place.folder / "private").exists()


@pytest.mark.any_database
@pytest.mark.parametrize("damage", ["first byte", "a byte in the middle", "cut off", "not there"])
def test_damaged_backup_is_refused_before_anything_is_changed(original, backup, tmp_path, damage):
    data = bytearray(backup.read_bytes())
    if damage == "cut off":
        data = data[: len(data) * 3 // 4]
    else:
        data[0 if damage == "first byte" else len(data) // 2] ^= 0xFF
    damaged = tmp_path / "damaged.tar.gz"
    if damage != "not there":
        damaged.write_bytes(data)
    before = rows(original), uploads(original)
    process = manage(original, "restore", damaged, "--replace")
    assert process.returncode == 1
    assert "Traceback" not in process.stderr
    assert re.search(r"is no whole backup|is damaged|is not there", process.stderr)
    assert (rows(original), uploads(original)) == before


@pytest.mark.any_database
def test_changed_file_in_a_backup_is_noticed(original, backup, tmp_path):
    shutil.unpack_archive(backup, tmp_path / "content", "gztar", filter="data")
    (tmp_path / "content/media/images/en bild.jpg").write_bytes(b"of another picture")
    changed = tmp_path / "changed.tar.gz"
    with tarfile.open(backup) as tar, tarfile.open(changed, "w:gz") as copy:
        for name in tar.getnames():
            copy.add(tmp_path / "content" / name, name)
    process = manage(original, "restore", changed, "--verify")
    assert process.returncode == 1
    assert "media/images/en bild.jpg" in process.stderr


def test_site_is_replaced_only_when_that_is_said(original, backup, copy_site):
    place = copy_site()
    upload = next(iter(uploads(place)))
    (place.folder / upload).write_bytes(b"cut off")
    process = manage(place, "restore", backup)
    assert process.returncode == 1
    assert "--replace" in process.stderr
    assert (place.folder / upload).read_bytes() == b"cut off"
    done(place, "restore", backup, "--replace")
    assert uploads(place) == uploads(original)
    assert rows(place) == rows(original)


def test_backup_of_newer_code_is_refused(backup, tmp_path):
    shutil.unpack_archive(backup, tmp_path / "content", "gztar", filter="data")
    manifest = json.loads((tmp_path / "content/manifest.json").read_text())
    manifest["migrations"].append(["pages", "9999_of_tomorrow"])
    (tmp_path / "content/manifest.json").write_text(json.dumps(manifest))
    newer = tmp_path / "newer.tar.gz"
    with tarfile.open(newer, "w:gz") as copy:
        for name in [*manifest["files"], "manifest.json"]:
            copy.add(tmp_path / "content" / name, name)
    with empty_place(tmp_path / "new") as place:
        process = manage(place, "restore", newer)
        assert process.returncode == 1
        assert "pages.9999_of_tomorrow" in process.stderr


@pytest.mark.any_database
def test_backup_is_never_written_over_another(original, backup):
    before = backup.read_bytes()
    process = manage(original, "backup", backup)
    assert process.returncode == 1
    assert "is there already" in process.stderr
    assert backup.read_bytes() == before


@pytest.mark.any_database
def test_other_key_is_told(original, backup, tmp_path):
    with empty_place(tmp_path / "new") as place:
        assert "SECRET_KEY is another" in done(place, "restore", backup)
    with empty_place(tmp_path / "same") as place:
        shutil.copy(original.folder / "secret_key", place.folder)
        assert "SECRET_KEY is another" not in done(place, "restore", backup)
