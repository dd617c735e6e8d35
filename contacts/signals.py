"""An account that was made for an entry goes with it."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from contacts.models import Coordinator
from contacts.sign_in import works_in_admin


@receiver(post_delete, sender=Coordinator)
def delete_account(sender: type, instance: Coordinator, **kwargs: Any) -> None:
    if instance.user and not works_in_admin(instance.user):
        instance.user.delete()
