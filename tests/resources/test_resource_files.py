"""The files: their permanent address, what is told about them, parts of them, and who gets them when."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from resources.models import Resource, ResourceFile
from tests.resources.making import fetch, file, link, pdf, resource

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

THREE_PAGES = pdf(pages=3)
# Longer than the pages take, and with every byte.
CONTENT = THREE_PAGES + b"%" + bytes(range(256)) * 20 + b"\n" + THREE_PAGES[THREE_PAGES.rindex(b"startxref") :]


@pytest.fixture
def row() -> ResourceFile:
    """Return the file of a published resource."""
    return resource(file(CONTENT, "uk"), title_sv="Blad på ukrainska").files.get()


def read(client: Client, address: str, **headers: str) -> tuple[int, bytes]:
    response = fetch(client, address, **headers)
    return response.status_code, response.body


def test_file_is_served_as_what_it_is(client, row):
    response = fetch(client, row.url)
    assert (response.status_code, response.body) == (200, CONTENT)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["Content-Disposition"] == 'inline; filename="blad-pa-ukrainska-uk.pdf"'
    assert response["Content-Language"] == "uk"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Accept-Ranges"] == "bytes"
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Set-Cookie" not in response
    assert "Vary" not in response


def test_file_is_not_compressed_since_parts_of_it_are_counted_in_its_own_bytes(client, row):
    for asked in ({}, {"Range": "bytes=0-999"}):
        response = fetch(client, row.url, **{"Accept-Encoding": "gzip, br"} | asked)
        assert "Content-Encoding" not in response
        assert response["Content-Length"] == str(len(response.body))


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, len(CONTENT) - 1),
        ("bytes=-7", len(CONTENT) - 7, len(CONTENT) - 1),
        ("bytes=-999999", 0, len(CONTENT) - 1),
        ("bytes=10-999999", 10, len(CONTENT) - 1),
        (f"bytes={len(CONTENT) - 1}-", len(CONTENT) - 1, len(CONTENT) - 1),
        ("BYTES= 5-6", 5, 6),
    ],
)
def test_part_is_served(client, row, asked, first, last):
    response = fetch(client, row.url, Range=asked)
    assert response.status_code == 206
    assert response.body == CONTENT[first : last + 1]
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(CONTENT)}"
    assert response["Content-Length"] == str(last - first + 1)
    assert response["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("asked", [f"bytes={len(CONTENT)}-", "bytes=999999-1000000", "bytes=-0"])
def test_part_behind_the_end_is_told_apart(client, row, asked):
    response = fetch(client, row.url, Range=asked)
    assert (response.status_code, response.body) == (416, b"")
    assert response["Content-Range"] == f"bytes */{len(CONTENT)}"


@pytest.mark.parametrize(
    "asked",
    ["", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=9-5", "items=0-5", "bytes=0-1,5-6", "bytes=0-" * 999],
)
def test_range_that_cannot_be_read_gives_the_whole_file(client, row, asked):
    assert read(client, row.url, Range=asked) == (200, CONTENT)


def test_part_of_another_version_is_not_mixed_in(client, row):
    tag = fetch(client, row.url)["ETag"]
    assert read(client, row.url, Range="bytes=0-9", **{"If-Range": tag}) == (206, CONTENT[:10])
    for other in ('"another"', "Wed, 25 Nov 2026 10:00:00 GMT"):
        assert read(client, row.url, Range="bytes=0-9", **{"If-Range": other}) == (200, CONTENT)


def test_who_has_this_version_gets_it_not_again(client, row):
    tag = fetch(client, row.url)["ETag"]
    response = fetch(client, row.url, **{"If-None-Match": tag})
    assert (response.status_code, response.body) == (304, b"")
    assert response["ETag"] == tag


def test_head_tells_the_size_without_the_file(client, row):
    response = client.head(row.url)
    assert (response.status_code, response.getvalue()) == (200, b"")
    assert response["Content-Length"] == str(len(CONTENT))
    part = client.head(row.url, headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.getvalue()) == (200, b"")
    assert client.post(row.url).status_code == 405


def test_replaced_file_keeps_its_address(client, row):
    tag = fetch(client, row.url)["ETag"]
    changed = Resource.objects.get(pk=row.resource_id)
    new = pdf(pages=2)
    files = list(changed.files.all())
    files[0].file = ContentFile(new, "helt-annat-namn.pdf")
    changed.files = files
    revision = changed.save_revision()
    assert read(client, row.url) == (200, CONTENT), "a draft is no replacement"
    revision.publish()
    assert read(client, row.url) == (200, new)
    assert read(client, row.url, **{"If-None-Match": tag}) == (200, new)
    (now,) = ResourceFile.objects.filter(resource=changed)
    assert (now.code, now.page_count, now.size) == (row.code, 2, len(new))


def test_who_has_the_version_before_gets_one_of_the_same_size(client, row):
    tag = fetch(client, row.url)["ETag"]
    changed = Resource.objects.get(pk=row.resource_id)
    new = CONTENT.replace(b"\x01\x02", b"\x02\x01")
    files = list(changed.files.all())
    files[0].file = ContentFile(new, "blad.pdf")
    changed.files = files
    changed.save_revision().publish()
    assert read(client, row.url, **{"If-None-Match": tag}) == (200, new)
    assert read(client, row.url, Range="bytes=0-9", **{"If-Range": tag}) == (200, new)


def test_file_is_private_until_it_is_published(client):
    waiting = resource(file(CONTENT), live=False)
    address = waiting.files.get().url
    assert fetch(client, address).status_code == 404
    waiting.go_live_at = timezone.now() + timedelta(hours=1)
    waiting.save_revision().publish()
    assert fetch(client, address).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        call_command("publish_scheduled")
    assert read(client, address) == (200, CONTENT)
    Resource.objects.get(pk=waiting.pk).unpublish()
    assert fetch(client, address).status_code == 404


def test_file_of_a_draft_of_what_is_published_is_private(client):
    known = resource(file())
    known.files = [*known.files.all(), file(CONTENT, "en")]
    revision = known.save_revision()
    code = revision.content["files"][1]["code"]
    assert fetch(client, f"/file/{code}/").status_code == 404
    revision.publish()
    assert read(client, f"/file/{code}/") == (200, CONTENT)


def test_older_version_is_published_again_at_the_same_address(client):
    known = resource(file(CONTENT))
    known.files = [*known.files.all(), file(pdf(), "en")]
    both = known.save_revision()
    both.publish()
    alone = Resource.objects.get(pk=known.pk)
    alone.files = [each for each in alone.files.all() if each.language == "sv"]
    alone.save_revision().publish()
    code = both.content["files"][1]["code"]
    assert fetch(client, f"/file/{code}/").status_code == 404
    both.publish()
    assert fetch(client, f"/file/{code}/").status_code == 200
    both.publish()
    assert ResourceFile.objects.filter(resource=known).count() == 2


def test_no_other_address_leads_to_a_file(client, row):
    assert not Path(row.file.path).is_relative_to(settings.MEDIA_ROOT)
    name = row.file.name
    for address in (f"/media/{name}", f"/media/../private/{name}", f"/media/%2e%2e/private/{name}", f"/private/{name}"):
        assert fetch(client, address).status_code in {400, 404}
    with pytest.raises(ValueError, match="no address"):
        _address = row.file.url


@pytest.mark.parametrize("code", ["00000000", "finns-inte", "x" * 500])
def test_unknown_code_is_not_there(client, code):
    assert fetch(client, f"/file/{code}/").status_code == 404


def test_link_has_no_file(client):
    row = resource(link()).files.get()
    assert row.url == "https://example.org/"
    assert fetch(client, f"/file/{row.code}/").status_code == 404


def test_lost_file_is_not_there_and_no_error(client, row):
    row.file.storage.delete(row.file.name)
    assert fetch(client, row.url).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_deleted_resource_takes_its_files_along_and_those_of_its_drafts():
    known, other = resource(file(CONTENT)), resource(file(CONTENT), title_sv="Annat", title_en="Other")
    known.files = [*known.files.all(), file(pdf(), "en")]
    draft = known.save_revision()
    storage = ResourceFile._meta.get_field("file").storage
    names = [row["file"] for row in draft.content["files"]]
    assert all(map(storage.exists, names))
    known.delete()
    assert not any(map(storage.exists, names))
    assert storage.exists(other.files.get().file.name)
