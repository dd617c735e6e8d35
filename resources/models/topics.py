"""What material is about: a list that editors keep."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.slugs import code_name, free_slug


class Topic(models.Model):
    """A subject of material; addresses and blocks refer to it by `code`, whatever the language."""

    code = models.SlugField(_("code"), max_length=80, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Make the code of a new topic from its name; it stays when the name changes."""
        if not self.code:
            taken = Topic.objects.values_list("code", flat=True)
            self.code = free_slug(code_name(self, "name"), taken, default="material", max_length=80)
        super().save(*args, **kwargs)
