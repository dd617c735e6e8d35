"""The parts of the manual that were ever published: what each id means, and where the part is now."""

from uuid import UUID, uuid5

from django.conf import settings
from django.contrib.admin import display
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

CODE_LENGTH = 8  # short enough to type from paper


class ManualPartQuerySet(models.QuerySet["ManualPart"]):
    """Questions that editors ask of the parts."""

    def in_manual(self) -> "ManualPartQuerySet":
        """Return the parts that readers can read, in some language."""
        return self.filter(models.Exists(PublishedPart.objects.filter(part=models.OuterRef("pk"), page__live=True)))

    def removed(self) -> "ManualPartQuerySet":
        """Return the parts that the permanent address in the default language calls removed.

        Another language may have them still: there the address leads to them.
        """
        readable = PublishedPart.objects.filter(page__live=True, locale__language_code=settings.LANGUAGE_CODE)
        return self.exclude(models.Exists(readable.filter(part=models.OuterRef("pk"))))

    def with_headings(self) -> "ManualPartQuerySet":
        """Read at once what lists show of each part. Five queries."""
        return self.select_related("replaced_by").prefetch_related(
            "published__locale", "replaced_by__published__locale"
        )


class ManualPart(models.Model):
    """A part in all its languages. Its row is never deleted, so that its id is never given to another."""

    id = models.UUIDField(primary_key=True)  # that of the block, the same in every language
    code = models.CharField(_("code"), max_length=CODE_LENGTH, unique=True)  # the beginning of the id, for addresses
    step_key = models.UUIDField()  # the translation key of the step that it belongs to, until it is moved
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("replaced by"),
        help_text=_("For a part that was removed: what to read instead."),
    )

    objects = ManualPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of the manual")
        verbose_name_plural = _("parts of the manual")

    def __str__(self) -> str:
        return self.code

    @property
    @display(description=_("heading"))
    def headings(self) -> str:
        """The headings under which it was last published, with their languages."""
        return " · ".join(f"{part.heading} ({part.locale.language_code})" for part in self.published.all())

    @property
    @display(description=_("still in"))
    def languages(self) -> str:
        """The languages in which readers can read it."""
        return ", ".join(str(part.locale.get_display_name()) for part in self.published.all() if part.page_id)

    @property
    @display(description=_("replaced by"))
    def replacement(self) -> str:
        """The headings of the part that replaces it."""
        return self.replaced_by.headings if self.replaced_by else ""


class PublishedPart(models.Model):
    """A part in one language as it was last published; without `page` it was removed."""

    part = models.ForeignKey(ManualPart, on_delete=models.PROTECT, related_name="published")
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.PROTECT, related_name="+")
    page = models.ForeignKey(
        "pages.ManualStepPage", on_delete=models.SET_NULL, null=True, related_name="published_parts"
    )
    heading = models.CharField(max_length=120)
    sort_order = models.PositiveSmallIntegerField()
    content = models.JSONField()  # the block's value as stored, without the note about the change

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "locale"], name="pages_published_part_once_in_a_language"),
        ]

    def __str__(self) -> str:
        return self.heading


def part_code(part_id: UUID | str) -> str:
    """Return the code of a part; saving a step sees to it that no two parts share one."""
    return UUID(str(part_id)).hex[:CODE_LENGTH]


def anchor(code: str) -> str:
    """Return the HTML id of a part; a letter first, as CSS selectors need."""
    return f"p-{code}"


def copied_id(part_id: str, page: Page) -> str:
    """Return the id of the copy of a part on another page: always the same, and the same in every language."""
    return str(uuid5(UUID(part_id), str(page.translation_key)))
