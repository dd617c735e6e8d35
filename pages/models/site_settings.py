"""What editors set for the whole site: who is behind it, the button that leaves it, whom to tell of a security hole."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from pages.languages import localized_fields

LONGEST = timedelta(days=365)  # RFC 9116: less than a year ahead is recommended


def _sections() -> dict[str, Any]:
    return {"depth__in": (2, 3), "locale__language_code": settings.LANGUAGE_CODE}


@register_setting(icon="cogs")
class SiteSettings(BaseGenericSetting):
    """One row; readers' pages read it with `objects.first()`, since `load()` would write it."""

    sender = models.CharField(
        _("who is behind the site"),
        max_length=60,
        blank=True,
        help_text=_("The name of the agency. It stands below the name of the site, on every page."),
    )
    sender_words = models.CharField(
        _("what the agency does"),
        max_length=200,
        blank=True,
        help_text=_("In a sentence or two, at the end of every page."),
    )
    exit_url = models.URLField(
        _("where the button leads"),
        default="https://www.smhi.se/",
        help_text=_("A page that anybody may have open, such as a weather forecast."),
    )
    exit_sections = models.ManyToManyField(
        "wagtailcore.Page",
        blank=True,
        limit_choices_to=_sections,
        related_name="+",
        verbose_name=_("sections with the button"),
        help_text=_("With all pages below them, in every language. The start page stands for the whole site."),
    )
    security_contact = models.CharField(
        _("contact for security holes"),
        max_length=200,
        blank=True,
        validators=[RegexValidator(r"^(https://|mailto:)\S+\.\S+$", _("Begin with https:// or mailto:."))],
        help_text=_("Such as mailto:security@example.org or https://example.org/security."),
    )
    security_until = models.DateField(
        _("holds until"),
        null=True,
        blank=True,
        help_text=_("At most a year ahead. After that day security.txt is not shown until the day is renewed."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in localized_fields("sender", "sender_words")],
            heading=_("Sender"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("exit_sections", widget=CheckboxSelectMultiple),
                FieldPanel("exit_url"),
            ],
            heading=_("Button that leaves the site at once"),
        ),
        MultiFieldPanel(
            [FieldPanel("security_contact"), FieldPanel("security_until")],
            heading=_("security.txt: who finds a hole in the site knows whom to tell"),
        ),
    ]

    class Meta:
        verbose_name = _("settings of the site")

    def clean(self) -> None:
        """Refuse a contact without a day or the other way round, and a day that is past or too far ahead."""
        super().clean()
        if bool(self.security_contact) != bool(self.security_until):
            missing = "security_until" if self.security_contact else "security_contact"
            raise ValidationError({missing: _("The contact and the day need each other.")})
        today = timezone.localdate()
        if self.security_until and not today <= self.security_until <= today + LONGEST:
            raise ValidationError({"security_until": _("Choose a day from today to a year ahead.")})

    @property
    def security_expires(self) -> datetime | None:
        """When security.txt stops being valid: the end of its last day, in UTC; None when it is not, or not set."""
        last: date | None = self.security_until
        if last is None or last < timezone.localdate():
            return None
        return datetime.combine(last, time(23, 59, 59), timezone.get_default_timezone()).astimezone(UTC)
