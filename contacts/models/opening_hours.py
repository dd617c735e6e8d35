"""When a support line is open: every week, and on dates with other hours."""

from datetime import time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from contacts.intervals import CLOSED, Interval, OtherHours
from pages.models.rows import in_order

LONGEST = timedelta(days=366)  # a year that is mistyped would close a line for good


def validate_whole_minute(value: time) -> None:
    """Refuse a time with seconds, which no opening hours have."""
    if value.second or value.microsecond:
        raise ValidationError(forms.TimeField.default_error_messages["invalid"], code="invalid")


class OpeningHours(models.Model):
    """One open stretch of every such weekday (Monday is 0), in Stockholm; 00:00 as closing time is midnight."""

    line = ParentalKey("contacts.SupportLine", on_delete=models.CASCADE, related_name="opening_hours")
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
    """Other hours on a range of dates, both ends included; without times the line is closed.

    The ranges of a line do not overlap, which its form sees to.
    """

    line = ParentalKey("contacts.SupportLine", on_delete=models.CASCADE, related_name="opening_exceptions")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), blank=True, help_text=_("Leave empty for a single day."))
    opens = models.TimeField(
        _("opens"),
        null=True,
        blank=True,
        validators=[validate_whole_minute],
        help_text=_("Leave both times empty where the line is closed."),
    )
    closes = models.TimeField(
        _("closes"),
        null=True,
        blank=True,
        validators=[validate_whole_minute],
        help_text=_(
            "Times hold on the days that are open otherwise. To open on a Saturday or a holiday, enter that day alone."
        ),
    )
    reason = models.CharField(
        _("reason"), max_length=60, blank=True, help_text=_("Readers see it in brackets after the dates.")
    )

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        ordering = ["first_day"]
        constraints = [
            in_order(
                "first_day",
                "last_day",
                name="contacts_opening_exception_days_in_order",
                error=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=models.Q(opens__isnull=True, closes__isnull=True)
                | models.Q(opens__isnull=False, closes__isnull=False)
                & (models.Q(opens__lt=models.F("closes")) | models.Q(closes="00:00")),
                name="contacts_opening_exception_both_times_in_order",
                violation_error_message=_("Write both times, in order, or neither for a closed day."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.first_day) if self.first_day == self.last_day else f"{self.first_day}–{self.last_day}"

    def clean(self) -> None:
        """Make a single day a range of one, and refuse a range that is longer than a year."""
        if not self.first_day:
            return
        self.last_day = self.last_day or self.first_day
        if self.last_day - self.first_day >= LONGEST:
            raise ValidationError({"last_day": _("This is more than a year after the first day.")})

    def as_other_hours(self) -> OtherHours:
        """Return the hours as they are reckoned with, the reason in the active language."""
        intervals = (Interval(self.opens, self.closes),) if self.opens and self.closes else CLOSED
        return OtherHours(self.first_day, self.last_day, intervals, self.reason or "")
