"""What is known of a page that was taken down."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RemovedPage(models.Model):
    """A published page that was unpublished or deleted; gone when something is published at its address again."""

    url_path = models.TextField(editable=False)
    title = models.CharField(_("title"), max_length=255, editable=False)
    locale = models.ForeignKey(
        "wagtailcore.Locale", on_delete=models.CASCADE, editable=False, related_name="+", verbose_name=_("Language")
    )
    # The id stays when the page is deleted.
    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        editable=False,
        related_name="+",
    )
    removed_at = models.DateTimeField(_("removed"), editable=False)
    reason = models.TextField(
        _("why it was removed"), max_length=500, blank=True, help_text=_("Readers see this at the old address.")
    )
    replaced_by = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("read this instead"),
        help_text=_("The page that readers are led to."),
    )

    class Meta:
        verbose_name = _("removed page")
        verbose_name_plural = _("removed pages")
        ordering = ["-removed_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["url_path"], name="pages_removed_page_once")]

    def __str__(self) -> str:
        return self.title
