"""Support that professionals refer to, and that those who are exploited turn to."""

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.support_lines import Level, validate_dialled_number, validate_typed_number
from contacts.phone_numbers import dialled, number_mark
from contacts.references import texts_refer
from pages.models import Review
from pages.review.forms import ReviewForm
from pages.text_places import places_of


class SupportService(models.Model):
    """A service with its number or its places; what no editor has confirmed is shown as unconfirmed."""

    key = models.SlugField(
        _("key"),
        max_length=40,
        unique=True,
        help_text=_("A word such as “bris”, by which texts refer to the number. It can never be changed."),
    )
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("what it is"), help_text=_("What it gives and for whom, in a few sentences."))
    for_professionals = models.BooleanField(_("professionals and volunteers"), default=False)
    for_victims = models.BooleanField(_("those who are exploited"), default=False)
    for_buyers = models.BooleanField(_("those who buy sex"), default=False)
    number = models.CharField(
        _("number"), max_length=20, blank=True, validators=[validate_typed_number, validate_dialled_number]
    )
    places = models.CharField(_("places"), max_length=250, blank=True, help_text=_("The cities where it is."))
    hours = models.CharField(_("hours in words"), max_length=80, blank=True, help_text=_("Such as “round the clock”."))
    website = models.URLField(_("web address"), blank=True)
    source = models.CharField(_("source"), max_length=200, help_text=_("Where the details come from."))
    source_date = models.CharField(
        _("date of the source"), max_length=60, help_text=_("In words: “16 April 2024”, or “undated”.")
    )
    confirmed_on = models.DateField(
        _("confirmed"),
        null=True,
        blank=True,
        help_text=_(
            "The day on which you checked with the service that all this is right. Without it readers see that "
            "the editors have not confirmed it."
        ),
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    reviews = GenericRelation(Review)

    base_form_class = ReviewForm

    class Meta:
        verbose_name = _("support service")
        verbose_name_plural = _("support services")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(for_professionals=True) | models.Q(for_victims=True) | models.Q(for_buyers=True),
                name="contacts_support_service_for_somebody",
                violation_error_message=_("Choose who can turn to the service."),
            ),
            models.CheckConstraint(
                condition=~models.Q(key__in=Level.values),
                name="contacts_support_service_key_is_no_level",
                violation_error_message=_("This key is that of a support line."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Keep the key, by which texts know the service."""
        super().clean()
        known = SupportService.objects.filter(pk=self.pk).values_list("key", flat=True).first()
        if known and known != self.key:
            raise ValidationError({"key": _("Texts know the service by this key: it stays “%s”.") % known})
        if known and not self.number and (places := places_of(number_mark(self.key))):
            raise ValidationError({"number": texts_refer(places)})

    @property
    def tel(self) -> str:
        """The number as a `tel:` address dials it; "" without a number."""
        return dialled(self.number) if self.number else ""
