"""Whether a file that an editor uploads can be stored, asked while the form can still tell it."""

import errno
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils.translation import gettext as _

SPARE = 1024 * 1024  # bytes for the database, which notes it
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}  # full, no more for this user, no file as large as that
NOT_WRITABLE = {errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOTDIR}


def check_room(file: File, storage: Storage) -> None:
    """Raise ValidationError where a storage has no room for a file and as much again, of which pages get smaller ones.

    The room is taken, and given back: what the system says is free may be for others. A folder that is not there yet
    is left to the storage, which makes it with its own mode, and the room is taken above it. What is no folder of this
    machine is not asked.
    """
    try:
        folder = storage.path("")
    except NotImplementedError:
        return
    try:
        there = next(path for path in (Path(folder), *Path(folder).parents) if path.exists())
        with NamedTemporaryFile(dir=there, prefix=".room-") as probe:
            os.posix_fallocate(probe.fileno(), 0, 2 * file.size + SPARE)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise ValidationError(
                _("The server's disk is full, so the file was not saved. Tell whoever runs the server.")
            ) from error
        if error.errno in NOT_WRITABLE:
            raise ValidationError(
                _("The server cannot write files, so this one was not saved. Tell whoever runs the server.")
            ) from error
        raise
