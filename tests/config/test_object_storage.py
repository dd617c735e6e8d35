"""Uploads in a store of the S3 protocol: read back, handed out by the site, deleted, and backed up like all others."""

import io
from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from config import uploads
from config.backups.files import digest_of, is_there, place_of, put_back, stored_names
from tests.config.object_store import object_store

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("object store")]


@pytest.fixture(scope="module")
def store_url() -> Iterator[str]:
    with object_store() as url:
        yield url


@pytest.fixture
def store(store_url, monkeypatch, settings) -> None:
    """Keep uploads in the store during the test."""
    monkeypatch.setenv("UPLOADS_URL", store_url)
    settings.STORAGES = settings.STORAGES | uploads.storages()


@pytest.mark.django_db
def test_upload_is_handed_out_by_the_site_and_found_by_a_backup(store, client):
    name = storages["default"].save("documents/ett namn.txt", ContentFile(b"text"))
    assert storages["default"].url(name) == "/media/documents/ett%20namn.txt"
    answer = client.get("/media/documents/ett%20namn.txt")
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"text")
    answer.close()
    assert client.get("/media/documents/none.txt").status_code == 404
    assert f"media/{name}" in stored_names()
    assert is_there(f"media/{name}", digest_of(io.BytesIO(b"text")))


def test_private_upload_has_no_address(store):
    name = storages["private"].save("resources/1/a.pdf", ContentFile(b"private"))
    with pytest.raises(ValueError, match="no address"):
        storages["private"].url(name)
    assert f"private/{name}" in stored_names()


def test_second_upload_of_a_name_gets_another(store):
    first, second = (storages["default"].save("a.txt", ContentFile(text)) for text in (b"1", b"2"))
    assert first != second


def test_what_is_put_back_takes_its_own_name(store):
    digest = digest_of(io.BytesIO(b"whole"))
    storages["default"].save("cut off.txt", ContentFile(b"who"))
    assert put_back("media/cut off.txt", io.BytesIO(b"whole"), digest)
    storage, name = place_of("media/cut off.txt")
    with storage.open(name) as file:
        assert file.read() == b"whole"
    assert not put_back("media/cut off.txt", io.BytesIO(b"whole"), digest)


@pytest.mark.parametrize("url", ["s3://host/bucket", "s3://key:secret@host/", "http://key:secret@host/bucket", "yes"])
def test_address_that_is_none_is_refused(monkeypatch, url):
    monkeypatch.setenv("UPLOADS_URL", url)
    with pytest.raises(ImproperlyConfigured, match="UPLOADS_URL"):
        uploads.storages()
