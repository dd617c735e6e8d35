"""What may be uploaded: as much as in the site's other uploads."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _


def validate_size(file: File) -> None:
    """Refuse what is larger than the documents of pages may be; what is stored already was looked at."""
    if not getattr(file, "_committed", False) and file.size > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
        sizes = {"size": filesizeformat(file.size), "most": filesizeformat(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)}
        raise ValidationError(_("This file is too big (%(size)s). At most %(most)s are taken.") % sizes)
