"""What goes with a contact that is deleted, and which contacts stay."""

from typing import Any

from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver

from contacts.models import Coordinator, SupportLine, SupportService
from contacts.numbers import mark_of
from contacts.references import StillReferredToError
from contacts.sign_in import works_in_admin
from pages.text_places import places_of


@receiver(post_delete, sender=Coordinator)
def delete_account(sender: type, instance: Coordinator, **kwargs: Any) -> None:
    if instance.user and not works_in_admin(instance.user):
        instance.user.delete()


@receiver(pre_delete, sender=SupportLine)
@receiver(pre_delete, sender=SupportService)
def keep_what_texts_show(sender: type, instance: SupportLine | SupportService, **kwargs: Any) -> None:
    if places := places_of(mark_of(instance)):
        raise StillReferredToError(instance, places)
