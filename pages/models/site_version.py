"""The version of everything that readers can see."""

from django.db import models, transaction


class SiteVersion(models.Model):
    """The single row whose number rises in the transaction that changes anything readers see."""

    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="pages_site_version_single_row"),
        ]

    def __str__(self) -> str:
        return str(self.number)


def site_version() -> int:
    """Return the current version; 0 before anything was published. One query."""
    return SiteVersion.objects.values_list("number", flat=True).first() or 0


@transaction.atomic
def raise_site_version() -> None:
    """Raise the version in the caller's transaction.

    Called by signals for every save. Code that goes round signals (`QuerySet.update`, bulk
    operations, raw SQL) calls it itself.
    """
    row = SiteVersion.objects.filter(pk=1)
    if not row.update(number=models.F("number") + 1):
        # Two first changes at once: both find no row, and one of them makes it.
        SiteVersion.objects.bulk_create([SiteVersion(pk=1)], ignore_conflicts=True)
        row.update(number=models.F("number") + 1)
