"""Pictures as large as pages can show them, turned the right way, and without what a camera notes of the place."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from PIL import Image, ImageOps

LONGEST_SIDE = 2400  # pixels: the widest size of a figure, twice for sharp screens
QUALITY = 90
FORMATS = {"JPEG", "PNG", "WEBP", "AVIF"}


def scaled_down(upload: Any) -> Any:
    """Return an uploaded picture as it is stored: smaller where it is large, and always without its EXIF data."""
    upload.seek(0)
    with Image.open(upload) as picture:
        kind = str(picture.format)
        if kind not in FORMATS or (max(picture.size) <= LONGEST_SIDE and not picture.getexif()):
            upload.seek(0)
            return upload
        picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is read in half, or a quarter
        smaller = ImageOps.exif_transpose(picture)
        smaller.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        smaller.info.pop("exif", None)
        stored = BytesIO()
        smaller.save(stored, kind, quality=QUALITY, **profile(picture))
    size = stored.tell()
    stored.seek(0)
    return InMemoryUploadedFile(stored, None, upload.name, upload.content_type, size, None)


def profile(picture: Image.Image) -> dict[str, bytes]:
    """Return the colours of a picture, which look pale without."""
    colours = picture.info.get("icc_profile")
    return {"icc_profile": colours} if colours else {}
