"""An editor whose upload has no room on the disk is told so beside the field, and keeps what she wrote."""

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from pages.admin.room import SPARE
from pages.views import server_error
from resources.models import Resource
from tests.config.test_uploads import picture_form
from tests.factories import image_file
from tests.reading import soup, words
from tests.resources import forms

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,  # what is refused never gets to the database
]

PDF = b"%PDF-1.7\n%%EOF\n"
FULL = "Disken på servern är full, så filen sparades inte."


@contextmanager
def full_disk(folder: Path) -> Iterator[None]:
    """Give a folder a file system without room: a small one of its own, or where we may not, small files alone."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)], check=False)
    if mounted.returncode == 0:
        try:
            yield
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
        return
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SPARE // 2, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def disk(settings) -> Iterator[Path]:
    """Return the folder of all uploads, not among those of pytest: a test that is killed leaves it mounted."""
    with TemporaryDirectory(prefix="full-disk-") as name:
        settings.MEDIA_ROOT = settings.PRIVATE_ROOT = Path(name)
        yield Path(name)


KINDS = {
    "images": ("bild.png", image_file().read(), get_image_model()),
    "documents": ("blad.pdf", PDF, get_document_model()),
}


@pytest.mark.parametrize("kind", KINDS)
def test_upload_without_room_is_explained_on_the_form(admin_client, disk, kind):
    name, content, model = KINDS[kind]

    def upload():
        return admin_client.post(f"/admin/{kind}/add/", {"title": "Ny", "file": SimpleUploadedFile(name, content)})

    with full_disk(disk):
        form = soup(upload())
        (said,) = form.select(".w-field__errors .error-message")
        assert FULL in words(said)
        assert form.select_one("input[name=title]")["value"] == "Ny"
        file = SimpleUploadedFile(name, content)
        dropped = admin_client.post(f"/admin/{kind}/multiple/add/", {"files[]": file}).json()
        assert not dropped["success"]
        assert FULL in dropped["error_message"]
        assert not list(disk.iterdir())
    assert not model.objects.exists()
    assert upload().status_code == 302
    assert model.objects.get().title == "Ny"


def test_profile_picture_without_room_is_explained(admin_client, disk):
    with full_disk(disk):
        page = soup(admin_client.post("/admin/account/", picture_form("jag.png", image_file("jag.png").read())))
    assert FULL in words(page.select_one(".error-message"))


def test_publication_without_room_for_its_file_is_explained(admin_client, disk):
    number = Resource.objects.count()
    with full_disk(disk):
        refused = forms.send(admin_client, forms.ADD, forms.NEW, PDF)
    assert FULL in forms.errors(refused)
    assert soup(refused).select_one("input[name=title_sv]")["value"] == forms.NEW["title_sv"]
    assert Resource.objects.count() == number


def test_what_fails_past_the_form_is_answered_with_the_way_back(disk, rf):
    with full_disk(disk):
        try:
            (disk / "blad.pdf").write_bytes(bytes(2 * SPARE))
        except OSError:
            answer = server_error(rf.post("/admin/documents/add/"))
    assert answer.status_code == 507
    assert "Gå bakåt i webbläsaren: det du skrev finns oftast kvar där." in words(soup(answer, 507).main)


def test_what_was_written_is_kept_to_be_sent_again(disk, rf):
    written = {"title": "Ny rubrik", "tags": ["a", "b"], "csrfmiddlewaretoken": "x" * 64}
    request = rf.post("/admin/pages/5/edit/?next=/", written, headers={"Origin": "http://testserver"})
    request.META["CSRF_COOKIE"] = "x" * 32
    with full_disk(disk):
        try:
            (disk / "draft").write_bytes(bytes(2 * SPARE))
        except OSError:
            answer = server_error(request)
    main = soup(answer, 507).main
    assert "Det du skrev finns kvar på den här sidan." in words(main)
    form = main.select_one("form[method=post]")
    assert form["action"] == "/admin/pages/5/edit/?next=/"
    kept = [(field["name"], field["value"]) for field in form.select("input") if field["name"] != "csrfmiddlewaretoken"]
    assert kept == [("title", "Ny rubrik"), ("tags", "a"), ("tags", "b")]
