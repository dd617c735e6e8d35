"""What the last walk through the site has found."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fault(models.TextChoices):
    """Why a link is broken."""

    MISSING = "missing", _("nothing is there")
    FAILING = "failing", _("the address answers with an error")
    ANCHOR = "anchor", _("the page has no such place")
    UNPUBLISHED = "unpublished", _("the page is not published")
    NUMBER = "number", _("this is no telephone number")
    MAIL = "mail", _("this is no e-mail address")
    AWAY = "away", _("the other website does not answer")


class BrokenLink(models.Model):
    """A link that leads nowhere; `page` is None where no page of the tree shows it, such as a municipality's."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, null=True, related_name="+")
    address = models.CharField(_("found at"), max_length=500)
    place = models.CharField(_("field"), max_length=200, blank=True)  # "" where it is not in the page's own texts
    text = models.CharField(_("words of the link"), max_length=200, blank=True)
    target = models.CharField(_("leads to"), max_length=2000)
    fault = models.CharField(_("what is wrong"), max_length=20, choices=Fault.choices)
    is_external = models.BooleanField(default=False)
    found_at = models.DateTimeField(_("found"), auto_now_add=True)

    class Meta:
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")
        ordering = ["address", "pk"]

    def __str__(self) -> str:
        return self.target
