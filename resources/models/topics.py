"""What material is about: a list that editors keep."""

from typing import Any

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _


class Topic(models.Model):
    """A subject of material; addresses and blocks refer to it by `code`, whatever the language."""

    code = models.SlugField(_("code"), max_length=80, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    name_en: str  # made by modeltranslation

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Make the code of a new topic from its English name; it stays when the name changes."""
        self.code = self.code or free_slug(self.name_en, Topic.objects.values_list("code", flat=True))
        super().save(*args, **kwargs)


def free_slug(words: str, taken: Any) -> str:
    """Return a slug of at most 80 characters that is not among those that are taken."""
    base = slugify(words)[:70].rstrip("-") or "material"
    used, slug, number = set(taken), base, 1
    while slug in used:
        number += 1
        slug = f"{base}-{number}"
    return slug
