"""Which files of a site other users of the machine may read: what nginx serves, and nothing else."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from pages.startup import preflight
from resources.private_storage import PrivateStorage
from tests.mail import mail_of_server
from tests.pages.startup.starting import Place, Visitor

OTHERS = 0o077


@pytest.fixture
def umask_of_the_server() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.long
@pytest.mark.xdist_group("serve")
def test_what_the_site_keeps_is_for_its_user_alone(place: Place, site):
    Visitor(place.address).post("/konto/login/code/", email="koordinator@example.org")
    mail_of_server(place.folder / "mail", "koordinator@example.org")
    names = {"secret_key", "private", "mail"}
    if not place.database_url:
        names |= {"db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm"}
    assert {name: oct(mode(place.folder / name)) for name in names if mode(place.folder / name) & OTHERS} == {}
    mails = list((place.folder / "mail").iterdir())
    assert mails
    assert [mail for mail in mails if mode(mail) & OTHERS] == []


@pytest.mark.long
@pytest.mark.xdist_group("serve")
@pytest.mark.parametrize(("folder", "pattern"), [("static", "*.gz"), ("static", "*.css"), ("ready", "*.html")])
def test_what_nginx_serves_can_be_read(place: Place, site, folder, pattern):
    site.wait_until(lambda: any((place.folder / folder).rglob(pattern)))
    found = list((place.folder / folder).rglob(pattern))
    assert found
    for path in found:
        assert mode(path) & 0o044 == 0o044, path
        for above in path.relative_to(place.folder).parents:
            assert mode(place.folder / above) & 0o055 == 0o055 or above == Path(), above


def test_uploads_can_be_read_unless_they_are_private(site_folder, settings, umask_of_the_server, tmp_path):
    settings.DATA_DIR = tmp_path
    preflight.keep_private()
    public = Path(default_storage.path(default_storage.save("a/b/public.txt", ContentFile(b"public"))))
    assert (mode(public), mode(public.parent), mode(public.parent.parent)) == (0o644, 0o755, 0o755)
    storage = PrivateStorage()
    private = Path(storage.path(storage.save("a/b/private.txt", ContentFile(b"private"))))
    assert (mode(private), mode(private.parent), mode(private.parent.parent)) == (0o600, 0o700, 0o700)


def test_what_an_earlier_start_left_open_is_closed(settings, umask_of_the_server, tmp_path):
    settings.DATA_DIR = tmp_path
    for name in ("mail", "private", "static"):
        (tmp_path / name).mkdir(mode=0o755)
    (tmp_path / "db.sqlite3").touch(0o664)
    preflight.keep_private()
    modes = {path.name: mode(path) for path in tmp_path.iterdir()}
    assert modes == {"mail": 0o700, "private": 0o700, "static": 0o755, "db.sqlite3": 0o600}
    (tmp_path / "new").touch()
    assert mode(tmp_path / "new") == 0o600
