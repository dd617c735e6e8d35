"""What the admin takes as a picture, where Wagtail alone would fail; its sizes are made when it is uploaded."""

from contextlib import suppress
from math import prod
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from pages.admin.room import check_room


class PictureField(WagtailImageField):
    """Refuses a picture that breaks off, and counts its pixels before it is decoded."""

    def to_python(self, data: Any) -> Any:
        """Return the upload; Wagtail lets what Pillow raises about a broken file become an error 500."""
        try:
            picture = super().to_python(data)
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error
        if picture is not None:
            check_room(picture, settings.MEDIA_ROOT)
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
        """Save the picture and make all sizes that pages show, so that no reader waits for them."""
        picture = super().save(commit=commit)
        if commit and "file" in self.changed_data:
            make_sizes(picture)
        return picture


def make_sizes(picture: Any) -> None:
    """Make the sizes of a picture that are missing, by showing it once."""
    render_to_string("blocks/figure.html", {"value": {"image": picture}})
