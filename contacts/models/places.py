"""Counties and municipalities: the official register."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from pages.languages import default_field


def has_slug(slug: str, prefix: str = "") -> models.Q:
    """Match a slug in the active language; in a language without its own, that of the default language."""
    untranslated = {f"{prefix}slug": None, f"{prefix}{default_field('slug')}": slug}
    return models.Q(**{f"{prefix}slug": slug}) | models.Q(**untranslated)


class CountyQuerySet(models.QuerySet["County"]):
    """Questions that pages and checks ask of the counties."""

    def without_coordinator(self) -> "CountyQuerySet":
        """Return the counties that no published coordinator covers."""
        return self.exclude(coordinators__live=True)


class County(models.Model):
    """A Swedish county (län) with Statistics Sweden's two-digit code."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)

    objects = CountyQuerySet.as_manager()

    class Meta:
        verbose_name = _("county")
        verbose_name_plural = _("counties")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A Swedish municipality (kommun) with its four-digit code, the county's code first."""

    code = models.CharField(_("code"), max_length=4, primary_key=True)
    county = models.ForeignKey(
        County, on_delete=models.PROTECT, related_name="municipalities", verbose_name=_("county")
    )
    name = models.CharField(_("name"), max_length=60)
    formal_name = models.CharField(_("formal name"), max_length=80)
    slug = models.SlugField(_("slug"), max_length=80)
    social_services_number = PhoneNumberField(_("social services"), region="SE", blank=True)
    out_of_hours_number = PhoneNumberField(_("out-of-hours social services"), region="SE", blank=True)
    website = models.URLField(_("web address"), blank=True)
    source = models.CharField(_("source of the numbers"), max_length=200, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["code"]
        constraints = [
            # Håbo and Habo have one slug, in different counties.
            models.UniqueConstraint(fields=["county", "slug"], name="contacts_municipality_slug_in_county"),
            models.CheckConstraint(
                condition=models.Q(code__startswith=models.F("county_id")),
                name="contacts_municipality_code_starts_with_county",
                violation_error_message=_("The first two digits of a municipality's code are its county."),
            ),
            models.CheckConstraint(
                condition=models.Q(social_services_number="", out_of_hours_number="", website="")
                | (~models.Q(source="") & models.Q(checked_on__isnull=False)),
                name="contacts_municipality_numbers_have_source",
                violation_error_message=_("Say where the numbers come from, and when they were checked."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
