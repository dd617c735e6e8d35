"""The sizes of a picture are made when it is uploaded or published, never while a reader waits."""

import pytest
from django.urls import reverse
from wagtail.images.models import Image, Rendition

from tests.factories import guidance, image, image_file

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_database,  # sizes are files
]

SIZES = 9  # three widths in three formats


def upload(admin_client, picture: Image | None = None) -> Image:
    """Send the form of a new picture, or of another file for one that is there."""
    address = reverse("wagtailimages:edit", args=[picture.pk]) if picture else reverse("wagtailimages:add")
    title = "Ny bild"
    form = {"title": title, "file": image_file("ny.png", (1300, 30)), "collection": "1", "description": "", "tags": ""}
    assert admin_client.post(address, form).status_code == 302
    return Image.objects.get(title=title)


def test_upload_makes_the_sizes(admin_client):
    picture = upload(admin_client)
    assert Rendition.objects.filter(image=picture).count() == SIZES


def test_publication_makes_the_sizes_and_reading_makes_none(client):
    picture = image()
    page = guidance(slug="bild", body=[("figure", {"image": picture, "caption": ""})])
    made = set(Rendition.objects.values_list("pk", "file"))
    assert len(made) == SIZES
    assert client.get(page.url).content.count(b"/media/images/") >= SIZES
    assert set(Rendition.objects.values_list("pk", "file")) == made


def test_another_file_makes_them_again(client, admin_client):
    page = guidance(slug="bild", body=[("figure", {"image": image(), "caption": ""})])
    picture = upload(admin_client, Image.objects.get())
    made = set(Rendition.objects.values_list("pk", "file"))
    assert len(made) == SIZES
    client.get(page.url)
    assert set(Rendition.objects.filter(image=picture).values_list("pk", "file")) == made
