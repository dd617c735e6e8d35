"""What may be uploaded: as much as in the site's other uploads, and what can be read."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from pages.admin.room import check_room
from pages.refusals import RefusedError
from resources.pdf import UnreadablePdfError, read_pdf
from resources.private_storage import private_storage


class UnreadableFileError(RefusedError):
    """A file that readers could not open."""


def validate_size(file: File) -> None:
    """Refuse what is larger than the documents of pages may be, or than there is room for.

    What is stored already was looked at.
    """
    if not _is_new(file):
        return
    if _is_too_big(file):
        sizes = {"size": filesizeformat(file.size), "most": filesizeformat(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)}
        raise ValidationError(_("This file is too big (%(size)s). At most %(most)s are taken.") % sizes)
    check_room(file, private_storage())


def validate_pdf(file: Any) -> None:
    """Refuse what cannot be read as a PDF, with the reason, unless a form keeps it as a draft."""
    if _is_new(file) and not _is_too_big(file) and not file.instance.is_kept_as_draft:
        try:
            read_pdf(file)
        except UnreadablePdfError as error:
            raise ValidationError(error.reason.label) from error


def refuse_unreadable(row: Any) -> None:
    """Raise UnreadableFileError where a row's stored file cannot be read, as drafts may have one."""
    if row.is_readable or not row.file or _is_new(row.file):
        return
    try:
        with row.file.storage.open(str(row.file)) as content:
            read_pdf(content)
    except UnreadablePdfError as error:
        reason = str(error.reason.label)
        raise UnreadableFileError(row, reason, {"file": ValidationError(reason)}) from error


def _is_new(file: File) -> bool:
    return not getattr(file, "_committed", False)


def _is_too_big(file: File) -> bool:
    return bool(file.size > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
