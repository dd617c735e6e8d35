"""Messages from readers to the editors, kept for a number of days."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.mail import validate_mailable
from contacts.models.coordinators import Coordinator


class MessageKind(models.TextChoices):
    """What a message is about, and so who gets it."""

    WRONG_NUMBER = "wrong-number", _("a wrong number or a contact that does not answer")
    PAGE_FAULT = "page-fault", _("a problem on a page")
    ACCESSIBILITY = "accessibility", _("something that is not accessible")


class ReaderMessage(models.Model):
    """An anonymous message; deleted after a number of days (`delete_old_messages`)."""

    kind = models.CharField(_("about"), max_length=20, choices=MessageKind.choices)
    text = models.TextField(_("message"), max_length=2000)
    page = models.CharField(_("page"), max_length=500, blank=True)  # the path it was written from
    coordinator = models.ForeignKey(
        Coordinator,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("coordinator"),
    )
    reply_to = models.EmailField(_("e-mail for an answer"), blank=True, validators=[validate_mailable])
    answered_at = models.DateTimeField(_("taken care of"), null=True, editable=False)
    received_at = models.DateTimeField(_("received"), auto_now_add=True)

    class Meta:
        verbose_name = _("message from a reader")
        verbose_name_plural = _("messages from readers")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.received_at:%Y-%m-%d}"
