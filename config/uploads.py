"""Where uploads are kept: in folders of this machine, or in a store of the S3 protocol that several machines share."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import env

SCHEMES = {"s3": "https", "s3+http": "http"}
EXAMPLE = "UPLOADS_URL must be s3://key:secret@host/bucket, or empty for folders in DATA_DIR."


def storages() -> dict[str, dict[str, Any]]:
    """Return Django's settings of the storages for what everybody may read, and for what a view hands out."""
    url = env.text("UPLOADS_URL")
    if url == "folder":
        return {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "private": {"BACKEND": "resources.private_storage.PrivateStorage"},
        }
    options = _object_store(url)
    return {
        "default": {"BACKEND": "config.object_storage.MediaObjects", "OPTIONS": options | {"location": "media"}},
        "private": {"BACKEND": "config.object_storage.PrivateObjects", "OPTIONS": options | {"location": "private"}},
    }


def _object_store(url: str) -> dict[str, Any]:
    with env.parsing("UPLOADS_URL"):
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    bucket = parts.path.strip("/")
    if parts.scheme not in SCHEMES or not all((parts.hostname, parts.username, parts.password, bucket)):
        raise ImproperlyConfigured(EXAMPLE)
    return {
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "bucket_name": bucket,
        "endpoint_url": f"{SCHEMES[parts.scheme]}://{parts.hostname}{port}",
        "region_name": parse_qs(parts.query).get("region", ["us-east-1"])[0],  # most stores of others take any
        "addressing_style": "path",
        "signature_version": "s3v4",
        "file_overwrite": False,
        "max_memory_size": 2 * 1024 * 1024,  # bytes of a file that is read; the rest is on disk meanwhile
    }
