"""The numbers of a coordinator."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from phonenumber_field.modelfields import PhoneNumberField
from wagtail.models import Orderable

from contacts.models.coordinators import Coordinator


class PhoneKind(models.TextChoices):
    """What kind of number it is."""

    DIRECT = "direct", _("direct")
    MOBILE = "mobile", _("mobile")
    SWITCHBOARD = "switchboard", _("switchboard")


class CoordinatorPhone(Orderable):
    """A number of a coordinator, kept in E.164 and shown as each language writes it."""

    coordinator = ParentalKey(Coordinator, on_delete=models.CASCADE, related_name="phones")
    kind = models.CharField(_("kind"), max_length=12, choices=PhoneKind.choices, default=PhoneKind.DIRECT)
    number = PhoneNumberField(_("number"), region="SE")

    class Meta(Orderable.Meta):
        verbose_name = _("phone number")
        verbose_name_plural = _("phone numbers")

    def __str__(self) -> str:
        return str(self.number)
