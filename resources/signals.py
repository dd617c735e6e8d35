"""The files of a resource, and those of its older versions, are deleted with it."""

from functools import partial
from shutil import rmtree
from typing import Any

from django.db import transaction
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from resources.models.files import ResourceFile
from resources.models.resources import Resource


@receiver(pre_delete, sender=Resource)
def delete_files(sender: type, instance: Resource, **kwargs: Any) -> None:
    codes = set(ResourceFile.objects.filter(resource=instance.pk).values_list("code", flat=True))
    for content in instance.revisions.values_list("content", flat=True):
        codes |= {row["code"] for row in content.get("files", [])}
    storage = ResourceFile._meta.get_field("file").storage
    for code in codes:
        transaction.on_commit(partial(rmtree, storage.path(f"resources/{code}"), ignore_errors=True))
