"""What the admin takes as a picture, where Wagtail alone would fail; its sizes are made when the upload is answered."""

from contextlib import suppress
from math import prod
from threading import Thread
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.template.loader import render_to_string
from PIL import Image
from wagtail.images import get_image_model
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.images.models import AbstractImage

from pages.admin.room import check_room
from pages.admin.scaling import scaled_down
from pages.templatetags.sharing import cut_address, is_wide_enough

MAKER = "picture sizes"  # the thread that makes them
DECIDE_SIZES = {"file", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"}

# Wagtail proposes the title, which begins as the name of the file, and has no setting for it.
AbstractImage.default_alt_text = property(lambda picture: picture.description)


class PictureField(WagtailImageField):
    """Refuses a picture that breaks off, and counts its pixels before it is decoded."""

    def to_python(self, data: Any) -> Any:
        """Return the upload, scaled down; Wagtail lets what Pillow raises about a broken file become an error 500."""
        try:
            picture = super().to_python(data)
            if picture is not None:
                picture = scaled_down(picture)
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error
        if picture is not None:
            check_room(picture, default_storage)
        return picture

    def check_image_pixel_size(self, f: Any) -> None:
        """Read the size from the picture's head: Wagtail decodes all of it first, up to 700 MB."""
        with suppress(Image.DecompressionBombWarning, Image.DecompressionBombError):  # reported by Wagtail below
            pixels = prod(Image.open(f.image.f).size)
            if pixels > self.max_image_pixels:
                numbers = {"num_pixels": pixels, "max_pixels_count": self.max_image_pixels}
                raise ValidationError(self.error_messages["file_too_many_pixels"] % numbers, code="too_many_pixels")
        super().check_image_pixel_size(f)


class PictureForm(BaseImageForm):
    """The admin's form of a picture with our field for the file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if given := self.fields.get("file"):
            self.fields["file"] = PictureField(label=given.label, required=given.required, widget=given.widget)

    def save(self, commit: bool = True) -> Any:
        """Save the picture, and make all sizes that pages show when the editor has been answered."""
        picture = super().save(commit=commit)
        if commit and DECIDE_SIZES.intersection(self.changed_data):
            maker = Thread(target=_make_sizes_of, args=[picture.pk], name=MAKER, daemon=True)
            transaction.on_commit(maker.start)
        return picture


def _make_sizes_of(pk: int) -> None:
    try:
        for picture in get_image_model().objects.filter(pk=pk):
            make_sizes(picture)
    finally:
        connection.close()


def make_sizes(picture: Any) -> None:
    """Make the sizes of a picture that are missing, by showing it once, and its cut; so does what shows it before."""
    render_to_string("blocks/figure.html", {"value": {"image": picture}})
    if is_wide_enough(picture):
        cut_address(picture)
