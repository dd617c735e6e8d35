"""The numbers in the "who to call" block and the hours of the support line."""

from collections import defaultdict

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from phonenumber_field.phonenumber import to_python
from phonenumber_field.validators import validate_phonenumber

from contacts.intervals import Interval
from contacts.opening_hours import Schedule
from contacts.phone_numbers import dialled
from pages.examples import refuse_example
from pages.models import Review
from pages.review.forms import ReviewForm

validate_typed_number = RegexValidator(
    r"^\+?[0-9][0-9 -]*$", _("Write digits, spaces and hyphens, as the number is to be shown.")
)
validate_international_number = RegexValidator(
    r"^\+[1-9][0-9]*(\(0\))?[0-9 -]+$", _("Begin with + and the country code, such as +46(0)8-465 004 00.")
)


def validate_dialled_number(number: str) -> None:
    """Refuse what no telephone in Sweden can dial; 112 and the like can be dialled."""
    validate_phonenumber(to_python(number, region="SE"))


class Level(models.TextChoices):
    """How urgent it is; the order of the block."""

    DANGER = "danger", _("acute danger")
    URGENT = "urgent", _("urgent")
    ADVICE = "advice", _("advice")


class HoursStatus(models.TextChoices):
    """What is known of the opening hours, and so what pages may say."""

    UNKNOWN = "unknown", _("not known: pages show the plain words only")
    EXAMPLE = "example", _("examples for the demonstration, and marked so")
    CONFIRMED = "confirmed", _("confirmed")


class SupportLineQuerySet(models.QuerySet["SupportLine"]):
    """Support lines as pages need them."""

    def with_hours(self) -> "SupportLineQuerySet":
        """Return the lines in order of urgency, with hours and exceptions. Three queries."""
        urgency = models.Case(*(models.When(level=level, then=order) for order, level in enumerate(Level)))
        return self.order_by(urgency).prefetch_related("opening_hours", "opening_exceptions")


class SupportLine(ClusterableModel):
    """A number that every page gives, at one of three levels of urgency.

    The number is kept, shown and dialled as the one who answers it writes it: short numbers are
    not valid to phone number libraries, and 020-390 000 would be regrouped by them.
    """

    level = models.CharField(_("level"), max_length=10, choices=Level.choices, unique=True)
    heading = models.CharField(_("heading"), max_length=40, help_text=_("Such as “Acute danger”."))
    name = models.CharField(_("who answers"), max_length=120)
    number = models.CharField(_("number"), max_length=20, validators=[validate_typed_number, validate_dialled_number])
    international_number = models.CharField(
        _("number from abroad"),
        max_length=24,
        blank=True,
        validators=[validate_international_number, validate_dialled_number],
        help_text=_("Such as +46(0)8-465 004 00. Shown in every language but the site’s own."),
    )
    plain_hours = models.CharField(
        _("hours in words"), max_length=80, blank=True, help_text=_("Such as “weekdays, office hours”.")
    )
    hours_status = models.CharField(
        _("opening hours"), max_length=10, choices=HoursStatus.choices, default=HoursStatus.UNKNOWN
    )
    hours_confirmed_on = models.DateField(
        _("confirmed on"), null=True, blank=True, help_text=_("The date readers see beside confirmed hours.")
    )
    open_on_holidays = models.BooleanField(_("weekday hours hold on holidays and eves too"), default=False)

    objects = SupportLineQuerySet.as_manager()

    reviews = GenericRelation(Review)

    base_form_class = ReviewForm

    class Meta:
        verbose_name = _("support line")
        verbose_name_plural = _("support lines")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level=Level.ADVICE) | models.Q(hours_status=HoursStatus.UNKNOWN),
                name="contacts_support_line_hours_of_advice_alone",
                violation_error_message=_("Only the line for advice has opening hours: the others always answer."),
            ),
            models.CheckConstraint(
                condition=~models.Q(hours_status=HoursStatus.CONFIRMED) | models.Q(hours_confirmed_on__isnull=False),
                name="contacts_support_line_confirmed_on_a_date",
                violation_error_message=_("Write the date on which the opening hours were confirmed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heading}: {self.number}"

    def clean(self) -> None:
        """Keep invented hours off a live site."""
        refuse_example("hours_status", is_example=self.hours_status == HoursStatus.EXAMPLE)

    @property
    def key(self) -> str:
        """The word by which texts refer to the number."""
        return self.level

    @property
    def tel(self) -> str:
        """The number as a `tel:` address dials it: digits only."""
        return dialled(self.number)

    @property
    def number_from_abroad(self) -> str:
        """The number for callers abroad: "" where the active language is the site's default one, or there is none."""
        return "" if get_language() == settings.LANGUAGE_CODE else self.international_number

    @property
    def tel_from_abroad(self) -> str:
        """The number for callers abroad as a `tel:` address dials it."""
        return dialled(self.international_number)

    @property
    def hours_are_told(self) -> bool:
        """Whether readers are told the hours: those that are confirmed, in the demonstration the examples too."""
        return self.hours_status == HoursStatus.CONFIRMED or (
            self.hours_status == HoursStatus.EXAMPLE and not settings.SITE_LIVE
        )

    @cached_property
    def schedule(self) -> Schedule | None:
        """The opening hours, wall-clock time in Stockholm; None while they are not known.

        Reasons are in the language that is active at the first question.
        """
        if not self.hours_are_told:
            return None
        weekly: dict[int, list[Interval]] = defaultdict(list)
        for hours in self.opening_hours.all():
            weekly[hours.weekday].append(Interval(hours.opens, hours.closes))
        if not weekly:
            return None  # exceptions alone would call the line closed on every other day
        exceptions = [exception.as_other_hours() for exception in self.opening_exceptions.all()]
        return Schedule(weekly, exceptions, open_on_holidays=self.open_on_holidays)
