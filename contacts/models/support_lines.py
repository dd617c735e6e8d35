"""The numbers in the "who to call" block and the hours of the support line."""

from collections import defaultdict
from datetime import time

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from phonenumber_field.phonenumber import to_python
from phonenumber_field.validators import validate_phonenumber

from contacts.opening_hours import Interval, Schedule

validate_typed_number = RegexValidator(
    r"^\+?[0-9][0-9 -]*$", _("Write digits, spaces and hyphens, as the number is to be shown.")
)


def validate_dialled_number(number: str) -> None:
    """Refuse what no telephone in Sweden can dial; 112 and the like can be dialled."""
    validate_phonenumber(to_python(number, region="SE"))


def validate_whole_minute(value: time) -> None:
    """Refuse a time with seconds, which no opening hours have."""
    if value.second or value.microsecond:
        raise ValidationError(forms.TimeField.default_error_messages["invalid"], code="invalid")


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
    plain_hours = models.CharField(
        _("hours in words"), max_length=80, blank=True, help_text=_("Such as “weekdays, office hours”.")
    )
    hours_status = models.CharField(
        _("opening hours"), max_length=10, choices=HoursStatus.choices, default=HoursStatus.UNKNOWN
    )
    open_on_holidays = models.BooleanField(_("weekday hours hold on holidays and eves too"), default=False)

    objects = SupportLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("support line")
        verbose_name_plural = _("support lines")

    def __str__(self) -> str:
        return f"{self.heading}: {self.number}"

    @property
    def tel(self) -> str:
        """The number as a `tel:` address dials it: digits only."""
        return f"tel:{self.number.replace(' ', '').replace('-', '')}"

    @cached_property
    def schedule(self) -> Schedule | None:
        """The opening hours, wall-clock time in Stockholm; None while they are not known."""
        if self.hours_status == HoursStatus.UNKNOWN:
            return None
        weekly: dict[int, list[Interval]] = defaultdict(list)
        for hours in self.opening_hours.all():
            weekly[hours.weekday].append(Interval(hours.opens, hours.closes))
        exceptions: dict = defaultdict(list)
        for exception in self.opening_exceptions.all():
            day = exceptions[exception.date]
            if exception.opens is not None:
                day.append(Interval(exception.opens, exception.closes))
        if not weekly and not exceptions:
            return None  # a status without hours is no lexicon
        return Schedule(weekly, exceptions, open_on_holidays=self.open_on_holidays)


class OpeningHours(models.Model):
    """One open stretch of every such weekday (Monday is 0), in Stockholm; 00:00 as closing time is midnight."""

    line = ParentalKey(SupportLine, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=list(WEEKDAYS.items()))
    opens = models.TimeField(_("opens"), validators=[validate_whole_minute])
    closes = models.TimeField(
        _("closes"), validators=[validate_whole_minute], help_text=_("00:00 is midnight at the end of the day.")
    )

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens__lt=models.F("closes")) | models.Q(closes="00:00"),
                name="contacts_opening_hours_open_before_close",
                violation_error_message=_("The line must open before it closes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class OpeningException(models.Model):
    """Other hours on one date; without times the line is closed that day."""

    line = ParentalKey(SupportLine, on_delete=models.CASCADE, related_name="opening_exceptions")
    date = models.DateField(_("date"))
    opens = models.TimeField(_("opens"), null=True, blank=True, validators=[validate_whole_minute])
    closes = models.TimeField(_("closes"), null=True, blank=True, validators=[validate_whole_minute])

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering = ["date", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens__isnull=True, closes__isnull=True)
                | models.Q(opens__isnull=False, closes__isnull=False)
                & (models.Q(opens__lt=models.F("closes")) | models.Q(closes="00:00")),
                name="contacts_opening_exception_both_times_in_order",
                violation_error_message=_("Write both times, in order, or neither for a closed day."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.date)
