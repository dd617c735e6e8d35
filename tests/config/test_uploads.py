"""What editors may upload: pictures and PDF files of a bounded size, each refusal saying what is allowed."""

import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from tests.factories import image_file
from tests.reading import soup, words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,  # what is refused never gets to the database
]

PNG = image_file().read()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
EXE = b"MZ\x90\x00" + bytes(400)
PDF = b"%PDF-1.7\n%%EOF\n"
FORMATS = "Tillåtna format: AVIF, JPG, JPEG, PNG, WEBP"
NO_PICTURE = "var antingen ingen bild eller en korrupt bild"
MEGABYTE = 1024 * 1024


def png_that_claims(width: int, height: int) -> bytes:
    """Return a picture of a few bytes that would take width times height pixels of memory."""
    head = b"IHDR" + struct.pack(">II", width, height) + PNG[24:29]
    return PNG[:12] + head + struct.pack(">I", zlib.crc32(head)) + PNG[33:]


def named(value: str | bytes) -> str:
    return value if isinstance(value, str) else f"{len(value)} bytes"


def refusal(client: Client, kind: str, name: str, content: bytes) -> str:
    """Return what the admin says to an upload by each of its two forms, which must agree."""
    form = client.post(f"/admin/{kind}/add/", {"title": name, "file": SimpleUploadedFile(name, content)})
    (message,) = map(words, soup(form).select(".w-field__errors .error-message"))
    dropped = client.post(f"/admin/{kind}/multiple/add/", {"files[]": SimpleUploadedFile(name, content)})
    assert dropped.status_code == 200
    assert not dropped.json()["success"]
    assert dropped.json()["error_message"].split() == message.split()
    return message


@pytest.mark.parametrize("name", ["bild.png", "bild.jpg", "bild.jpeg", "bild.webp", "bild.avif"])
def test_picture_is_taken(admin_client, name):
    content = image_file(name).read()
    response = admin_client.post("/admin/images/add/", {"title": "Ny", "file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302
    taken = get_image_model().objects.get(title="Ny")
    assert (taken.width, taken.height) == (40, 30)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bild.svg", SVG, FORMATS),
        ("bild.svg", PNG, FORMATS),
        ("bild.gif", image_file("bild.gif").read(), FORMATS),
        ("program.exe", EXE, NO_PICTURE),
        ("bild.png", EXE, NO_PICTURE),
        ("bild.png", HTML, NO_PICTURE),
        ("bild.png", SVG, "men är en annan sorts bild (svg)"),
        ("bild.jpg", PNG, "men är en annan sorts bild (png)"),
        ("bild.png", b"", "tom"),
        ("bild.png", PNG[:20], NO_PICTURE),
        ("bild.png", PNG[:60], NO_PICTURE),
        ("bild.jpg", image_file("bild.jpg").read()[:-200], NO_PICTURE),
        ("bild.webp", image_file("bild.webp").read()[:-20], NO_PICTURE),
        ("bild.png", PNG + bytes(20 * MEGABYTE), "Den får vara högst 20,0 MB"),
        ("bild.png", png_that_claims(8_000, 6_501), "(52008000). Den får ha högst 52000000."),
        ("bild.png", png_that_claims(60_000, 60_000), "Den får ha högst 52000000."),
        ("bild.png", png_that_claims(2**31 - 1, 2**31 - 1), "Den får ha högst 52000000."),
    ],
    ids=named,
)
def test_other_pictures_are_refused_with_what_is_allowed(admin_client, name, content, said):
    assert said in refusal(admin_client, "images", name, content)
    assert not get_image_model().objects.exists()


def test_document_is_taken_and_served_as_what_it_is(admin_client, client):
    file = SimpleUploadedFile("blad.pdf", PDF)
    assert admin_client.post("/admin/documents/add/", {"title": "Blad", "file": file}).status_code == 302
    response = client.get(get_document_model().objects.get().url)
    assert response.getvalue() == PDF
    assert response["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("blad.svg", SVG, "“svg” är inte giltig. Giltiga filändelser är: pdf."),
        ("blad.html", HTML, "“html” är inte giltig. Giltiga filändelser är: pdf."),
        ("program.exe", EXE, "“exe” är inte giltig. Giltiga filändelser är: pdf."),
        ("blad.pdf.exe", EXE, "“exe” är inte giltig. Giltiga filändelser är: pdf."),
        ("blad", PDF, "Giltiga filändelser är: pdf."),
        ("blad.pdf", b"", "tom"),
        ("blad.pdf", PDF + bytes(20 * MEGABYTE), "Den får vara högst 20,0 MB"),
    ],
    ids=named,
)
def test_other_documents_are_refused_with_what_is_allowed(admin_client, name, content, said):
    assert said in refusal(admin_client, "documents", name, content)
    assert not get_document_model().objects.exists()


def picture_form(name: str, content: bytes) -> dict[str, object]:
    """Return what the account page sends with a profile picture."""
    names = {"name_email-first_name": "Eva", "name_email-last_name": "Exempel"}
    choices = {"locale-preferred_language": "sv", "theme-theme": "system", "theme-density": "default"}
    return names | choices | {"theme-contrast": "system", "avatar-avatar": SimpleUploadedFile(name, content)}


@pytest.mark.parametrize("size", [(40, 30), (900, 600)])
def test_profile_picture_is_taken(admin_client, admin_user, size):
    content = image_file("jag.png", size).read()
    assert admin_client.post("/admin/account/", picture_form("jag.png", content)).status_code == 302
    admin_user.wagtail_userprofile.refresh_from_db()
    assert max(admin_user.wagtail_userprofile.avatar.width, admin_user.wagtail_userprofile.avatar.height) <= 400
    assert "Filen får vara högst 20,0" in words(soup(admin_client.get("/admin/account/")))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("jag.svg", SVG, FORMATS),
        ("jag.gif", image_file("bild.gif").read(), FORMATS),
        ("jag.png", EXE, NO_PICTURE),
        ("jag.png", PNG[:60], NO_PICTURE),
        ("jag.png", PNG + bytes(20 * MEGABYTE), "Den får vara högst 20,0 MB"),
        ("jag.png", png_that_claims(8_000, 6_501), "Den får ha högst 52000000."),
        ("jag.png", png_that_claims(60_000, 60_000), "Den får ha högst 52000000."),
    ],
    ids=named,
)
def test_other_profile_pictures_are_refused_with_what_is_allowed(admin_client, admin_user, name, content, said):
    page = soup(admin_client.post("/admin/account/", picture_form(name, content)))
    (message,) = page.select(".error-message")
    assert said in words(message)
    admin_user.refresh_from_db()
    assert not admin_user.wagtail_userprofile.avatar
