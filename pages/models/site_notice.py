"""What all readers must know for a time: shown on every page from one minute to another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput

from pages.html.links import linked_page
from pages.languages import language_codes, localized_fields
from pages.models.rows import FramedPreviewMixin, in_order
from pages.page_cache.generation import STALE_SECONDS
from pages.render_context import memoize_per_version, next_midnight

# How long a page that has expired, at midnight at the latest, may stand in for one that cannot be built.
STANDS_IN = timedelta(seconds=STALE_SECONDS)


class NoticeLevel(models.TextChoices):
    """How much a notice matters, in the words and colours of call-outs."""

    INFO = "info", _("Good to know")
    IMPORTANT = "important", _("Important")
    DANGER = "danger", _("Danger")


class SiteNotice(FramedPreviewMixin, models.Model):
    """A notice at the top of every page, in every language."""

    text = models.CharField(
        _("text"), max_length=300, help_text=_("One to three short sentences. Say first what has happened.")
    )
    level = models.CharField(_("level"), max_length=10, choices=NoticeLevel.choices, default=NoticeLevel.IMPORTANT)
    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page to read more on"),
        help_text=_("Readers are led to it in their own language."),
    )
    starts_at = models.DateTimeField(_("shown from"), default=timezone.now)
    ends_at = models.DateTimeField(
        _("shown until"), help_text=_("It goes by itself at that minute, and readers are told until when it holds.")
    )

    panels = [
        FieldRowPanel([FieldPanel(name, widget=AdminAutoHeightTextInput) for name in localized_fields("text")]),
        FieldPanel("level"),
        PageChooserPanel("page"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
    ]

    class Meta:
        verbose_name = _("notice to all readers")
        verbose_name_plural = _("notices to all readers")
        ordering = ["-ends_at", "-pk"]
        constraints = [
            in_order(
                "starts_at",
                "ends_at",
                name="pages_site_notice_times_in_order",
                error=_("The notice ends before it begins."),
                may_meet=False,
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def preview_modes(self) -> list[tuple[str, str | Promise]]:
        """One for each language."""
        return [(code, get_language_info(code)["name_translated"]) for code in language_codes()]

    @property
    def is_shown(self) -> bool:
        """Whether readers see it now."""
        return self.starts_at <= timezone.now() < self.ends_at

    @property
    def state(self) -> str | Promise:
        """Whether the notice is shown, over or to come, in a word for the list."""
        if self.is_shown:
            return _("shown")
        return _("over") if self.ends_at <= timezone.now() else _("to come")

    @property
    def read_more(self) -> models.Model | None:
        """The page to read more on, in the active language if it is published in it. One query, none for known ones."""
        return linked_page(self.page_id) if self.page_id else None

    @classmethod
    def in_time(cls) -> "NoticesInTime":
        """Return what readers see now. One query, none in a build where another page has asked."""
        now = timezone.now()
        rows = memoize_per_version("site notices", lambda: list(cls.objects.filter(ends_at__gt=now)))
        return NoticesInTime.at(now, rows)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Show the notice on a page that has nothing else."""
        return "pages/site_notice_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Show it whatever its times."""
        return super().get_preview_context(request, mode_name) | {"shown": [self]}

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show it in the language of the mode."""
        with translation.override(mode_name):
            return super().serve_preview(request, mode_name).render()


@dataclass(frozen=True, slots=True)
class NoticesInTime:
    """The notices of a moment, what matters most first; at `expires_at` (aware) others are shown.

    `lasting` are those of them that hold as long as the page may be shown at all.
    """

    current: Sequence[SiteNotice]
    lasting: Sequence[SiteNotice]
    expires_at: datetime

    @classmethod
    def at(cls, now: datetime, notices: Iterable[SiteNotice]) -> Self:
        """Return those of a moment among all that are not over."""
        levels = list(reversed(NoticeLevel.values))
        ahead = [notice for notice in notices if notice.ends_at > now]
        shown = [notice for notice in ahead if notice.starts_at <= now]
        shown.sort(key=lambda notice: (levels.index(notice.level), notice.ends_at))
        midnight = next_midnight()
        changes = [notice.ends_at if notice in shown else notice.starts_at for notice in ahead]
        lasting = [notice for notice in shown if notice.ends_at >= midnight + STANDS_IN]
        return cls(shown, lasting, min([midnight, *changes]))
