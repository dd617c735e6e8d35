"""Where the files of resources lie: no address leads to one by itself, a view decides who gets it."""

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages


class PrivateStorage(FileSystemStorage):
    """A folder that no other user of the machine can read."""

    file_permissions_mode = 0o600
    directory_permissions_mode = 0o700

    @property
    def base_location(self) -> str:
        """The folder, read each time: tests move it."""
        return str(settings.PRIVATE_ROOT)

    @property
    def location(self) -> str:
        """The absolute path of the folder of files."""
        return str(Path(self.base_location).absolute())

    def url(self, name: str | None) -> str:
        """Refuse to give an address; the row has one."""
        raise ValueError("A private file has no address of its own.")


def private_storage() -> Storage:
    """Return the storage of the settings."""
    return storages["private"]
