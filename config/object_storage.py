"""Uploads in a store of the S3 protocol. Readers never meet it: the site hands out what lies there."""

from urllib.parse import urljoin

from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage


class MediaObjects(S3Storage):
    """What everybody may read, below MEDIA_URL as when it lies in a folder."""

    def url(self, name: str, parameters: object = None, expire: object = None, http_method: object = None) -> str:
        """Return the address on this site."""
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name))


class PrivateObjects(S3Storage):
    """What no address leads to by itself."""

    def url(self, name: str, parameters: object = None, expire: object = None, http_method: object = None) -> str:
        """Refuse to give an address; the row has one."""
        raise ValueError("A private file has no address of its own.")
