"""What readers could read, and what changed: kept apart from Wagtail's revisions, which may be purged."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models.parts import ManualPart


class PublishedVersion(models.Model):
    """A page as it was published, rendered once. Whom to call is not in it: that is always today's."""

    # The id stays when the page is deleted: by it readers still find the other versions.
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=255)
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


class ChangeKind(models.TextChoices):
    """What happened to a part."""

    ADDED = "added", _("new")
    CHANGED = "changed", _("changed")
    MOVED = "moved", _("moved")
    REMOVED = "removed", _("removed")
    RETURNED = "returned", _("back again")


class PartChange(models.Model):
    """A change of a part that was published, in one language."""

    part = models.ForeignKey(ManualPart, on_delete=models.PROTECT, related_name="changes")
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=ChangeKind.choices)
    heading = models.CharField(max_length=120)
    step_title = models.CharField(max_length=255)
    note = models.TextField(blank=True)
    is_minor = models.BooleanField(default=False)
    before = models.TextField(blank=True)  # plain text, a paragraph a line
    after = models.TextField(blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.heading}, {self.changed_at:%Y-%m-%d}"
