"""What readers could read: kept apart from Wagtail's revisions, which may be purged."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PublishedVersion(models.Model):
    """A page as it was published, rendered once. Whom to call is not in it: that is always today's."""

    # The id stays when the page is deleted: by it readers still find the other versions.
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    locale = models.ForeignKey(
        "wagtailcore.Locale", verbose_name=_("language"), on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(_("title"), max_length=255)
    lead = models.TextField()
    body = models.TextField()  # HTML, with `<template>` where another app shows what is true today
    published_at = models.DateTimeField(_("published"))
    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    reason = models.TextField(_("reason for withdrawing it"), blank=True, help_text=_("Readers see this."))

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_on=None) | ~models.Q(reason=""),
                name="pages_published_version_withdrawn_with_reason",
                violation_error_message=_("Say why the version is withdrawn."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.published_at:%Y-%m-%d}"
