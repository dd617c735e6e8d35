"""What changed in the manual: kept apart from Wagtail's revisions, which may be purged."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.manual.models.parts import ManualPart


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
