"""No file is published that cannot be read; those of a resource, and of its older versions, are deleted with it."""

from contextlib import suppress
from functools import partial
from typing import Any

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver

from resources.models.files import ResourceFile
from resources.models.resources import Resource
from resources.uploads import refuse_unreadable


@receiver(pre_save, sender=Resource)
def refuse_unreadable_files(sender: type, instance: Resource, update_fields: Any, **kwargs: Any) -> None:
    for row in instance.files.all() if instance.live and update_fields is None else ():
        refuse_unreadable(row)


@receiver(pre_delete, sender=Resource)
def delete_files(sender: type, instance: Resource, **kwargs: Any) -> None:
    codes = set(ResourceFile.objects.filter(resource=instance.pk).values_list("code", flat=True))
    for content in instance.revisions.values_list("content", flat=True):
        codes |= {row["code"] for row in content.get("files", [])}
    storage = ResourceFile._meta.get_field("file").storage
    for code in codes:
        transaction.on_commit(partial(_delete_folder, storage, f"resources/{code}"))


def _delete_folder(storage: Storage, folder: str) -> None:
    """Delete the versions of a file; where one cannot be, it stays, and no address leads to it."""
    with suppress(OSError):
        for name in storage.listdir(folder)[1]:
            storage.delete(f"{folder}/{name}")
        storage.delete(folder)
