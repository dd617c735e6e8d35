"""Pictures: a phone's photo is taken and stored smaller, its sizes are made when the upload is answered."""

import gc
from io import BytesIO
from threading import enumerate as threads

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture
from wagtail.images.models import Image, Rendition

from pages.admin.pictures import MAKER
from pages.faulty_texts import FaultyTextsError
from pages.models import GuidancePage
from tests.editing import page_form
from tests.factories import guidance, image, image_file
from tests.reading import soup, words

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,  # sizes are files
]

SIZES = 9  # three widths in three formats
WITH_CUT = SIZES + 1  # of a picture that is wide enough to be shown beside a link
ORIENTATION, PLACE = 0x0112, 0x8825  # of EXIF: how the camera was held, and where
MEGABYTE = 1024 * 1024


def photo() -> bytes:
    """Return what a phone takes: more than 12 MB, held upright, with the place."""
    buffer = BytesIO()
    exif = Picture.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(PLACE)[2] = (59.0, 19.0, 48.0)
    Picture.effect_noise((4032, 3024), 90).convert("RGB").save(buffer, "JPEG", quality=96, subsampling=0, exif=exif)
    return buffer.getvalue()


def upload(admin_client, picture: Image | None = None, file: object = None) -> Image:
    """Send the form of a new picture, or of another file for one that is there."""
    address = reverse("wagtailimages:edit", args=[picture.pk]) if picture else reverse("wagtailimages:add")
    title = "Ny bild"
    file = file or image_file("ny.png", (1300, 30))
    form = {"title": title, "file": file, "collection": "1", "description": "", "tags": ""}
    assert admin_client.post(address, form).status_code == 302
    return Image.objects.get(title=title)


def figure(picture: Image, text: str = "En bild", *, is_decorative: bool = False) -> tuple[str, dict]:
    picture.contextual_alt_text, picture.decorative = text, is_decorative
    return "figure", {"image": picture, "caption": ""}


def focal_point(across: int, down: int) -> dict[str, int]:
    """Return the fields of a form in which an editor has marked what matters."""
    return {"focal_point_x": across, "focal_point_y": down, "focal_point_width": 20, "focal_point_height": 20}


def wait_for_maker() -> None:
    for thread in threads():
        if thread.name == MAKER:
            thread.join()
    gc.collect()


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore:unclosed database:ResourceWarning")  # Django keeps one in memory open
def test_sizes_are_made_after_the_answer(admin_client):
    picture = upload(admin_client)
    wait_for_maker()
    assert Rendition.objects.filter(image=picture).count() == WITH_CUT
    address = reverse("wagtailimages:edit", args=[picture.pk])
    form = {"title": "Ny bild", "collection": "1", "description": "", "tags": ""}
    assert admin_client.post(address, form | focal_point(900, 15)).status_code == 302
    wait_for_maker()
    assert Rendition.objects.filter(image=picture, filter_spec__startswith="fill").count() == 2


def test_answer_waits_for_no_size(admin_client):
    picture = upload(admin_client)  # the test's transaction never ends, so nothing comes after it
    assert Rendition.objects.filter(image=picture).count() == 0


def test_photo_of_a_phone_is_stored_smaller_upright_and_without_its_place(admin_client):
    content = photo()
    assert 12 * MEGABYTE < len(content) < 20 * MEGABYTE
    picture = upload(admin_client, file=SimpleUploadedFile("IMG_2041.jpg", content, "image/jpeg"))
    assert (picture.width, picture.height) == (1800, 2400)
    with picture.open_file() as file:
        stored = Picture.open(file)
        assert (stored.format, stored.size) == ("JPEG", (1800, 2400))
        assert not stored.getexif()
    assert picture.file.size < 4 * MEGABYTE


@pytest.mark.parametrize("name", ["liten.png", "liten.webp", "liten.avif"])
def test_small_picture_is_stored_as_it_is(admin_client, name):
    picture = upload(admin_client, file=image_file(name))
    with picture.open_file() as file:
        assert file.read() == image_file(name).read()


@pytest.mark.parametrize(("width", "sizes"), [(40, SIZES), (1300, WITH_CUT)])
def test_publication_makes_the_sizes_and_reading_makes_none(client, width, sizes):
    picture = Image.objects.create(title="Bild", file=image_file(size=(width, 30)))
    page = guidance(slug="bild", body=[figure(picture)])
    made = set(Rendition.objects.values_list("pk", "file"))
    assert len(made) == sizes
    assert client.get(page.url).content.count(b"/media/images/") >= sizes
    assert set(Rendition.objects.values_list("pk", "file")) == made


@pytest.mark.parametrize(("text", "is_decorative", "expected"), [("En dörr", False, "En dörr"), ("", True, "")])
def test_picture_says_what_it_shows_or_is_decoration(client, text, is_decorative, expected):
    page = guidance(slug="bild", body=[figure(image(), text, is_decorative=is_decorative)])
    assert soup(client.get(page.url)).select_one("main .figure img")["alt"] == expected


def test_picture_without_a_decision_is_not_published(admin_client):
    page = guidance(slug="bild")
    page.body = [figure(image(), "")]
    page.save_revision()
    with pytest.raises(FaultyTextsError, match="eller markera den som dekoration"):
        page.latest_revision.publish()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    refused = admin_client.post(address, page_form(page, "action-publish"))
    assert "Skriv en alternativtext eller markera att bilden bara" in refused.text
    assert not GuidancePage.objects.get(pk=page.pk).body
    draft = page_form(page)
    assert admin_client.post(address, draft).status_code == 302
    with pytest.raises(ValidationError):
        guidance(slug="annan", body=[figure(image(), "")])


def half_and_half() -> SimpleUploadedFile:
    """Return a wide picture, red on the left and blue on the right."""
    picture = Picture.new("RGB", (2400, 630), "red")
    picture.paste("blue", (1200, 0, 2400, 630))
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return SimpleUploadedFile("halvor.png", buffer.getvalue(), "image/png")


@pytest.mark.parametrize(("across", "colour"), [(300, "red"), (2100, "blue")])
def test_picture_that_is_shared_is_cut_around_its_focal_point(admin_client, client, across, colour):
    picture = upload(admin_client, file=half_and_half())
    address = reverse("wagtailimages:edit", args=[picture.pk])
    assert "viktigaste" in words(soup(admin_client.get(address)))
    page = guidance(slug="bild", body=[figure(picture, "En dörr")])
    form = {"title": "Ny bild", "collection": "1", "description": "", "tags": ""} | focal_point(across, 315)
    assert admin_client.post(address, form).status_code == 302
    html = soup(client.get(page.url))
    told = {meta["property"]: meta["content"] for meta in html.select('meta[property^="og:image"]')}
    assert told["og:image:alt"] == "En dörr"
    cut = Rendition.objects.filter(image=picture, filter_spec__startswith="fill").last()
    assert told["og:image"] == settings.SITE_URL + cut.url
    with cut.file.open() as file, Picture.open(file) as shown:
        assert shown.size == (1200, 630)
        red, _green, blue = shown.getpixel((600, 315))
    assert (red > 200, blue > 200) == (colour == "red", colour == "blue")


def test_decoration_and_small_pictures_are_not_shared(client):
    page = guidance(slug="bild", body=[figure(image()), figure(image(), "", is_decorative=True)])
    assert "/img/shared-sv.png" in soup(client.get(page.url)).select_one('meta[property="og:image"]')["content"]
