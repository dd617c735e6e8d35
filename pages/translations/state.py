"""How every published page of the default language stands in the others."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, PageLogEntry
from wagtail.permissions import policy_registry

from pages.versions.models import PublishedVersion

ANSWERED = "pages.translation_answered"  # an editor has looked: nothing to change


class State(models.TextChoices):
    """How a page stands in a language."""

    MISSING = "missing", _("missing")
    OUTDATED = "outdated", _("the original has changed")
    DRAFT = "draft", _("not published")
    CURRENT = "current", _("up to date")


@dataclass(frozen=True, slots=True)
class Translation:
    """A page of the default language in one other language; `page` is None where it is missing.

    `changed_at` is when the original last changed after the translation was published or looked at.
    """

    original: Page
    locale: Locale
    page: Page | None
    state: State
    changed_at: datetime | None = None

    def __str__(self) -> str:
        return self.original.title


def originals() -> models.QuerySet[Page]:
    """Return the published pages of the default language."""
    return Page.objects.live().filter(depth__gt=1, locale__language_code=settings.LANGUAGE_CODE, alias_of=None)


def translations(user: Any) -> list[Translation]:
    """Return how each original stands in each other language, where a user may change it or its translation.

    In the order of the tree. Four queries, whatever the site holds.
    """
    own = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    locales = {locale.pk: locale for locale in Locale.objects.all()}
    pages = Page.objects.filter(depth__gt=1, alias_of=None).order_by("path")
    by_key: dict[Any, dict[str, Page]] = defaultdict(dict)
    for page in pages.annotate(is_own=models.Exists(own.filter(pk=models.OuterRef("pk")))):
        by_key[page.translation_key][locales[page.locale_id].language_code] = page
    versions = PublishedVersion.objects.filter(locale__language_code=settings.LANGUAGE_CODE).order_by()
    changes = dict(versions.values_list("page").annotate(models.Max("published_at")))
    answers = answered_at()
    return [
        _translation(original, locale, of_key.get(locale.language_code), changes.get(original.pk), answers)
        for of_key in by_key.values()
        if (original := of_key.get(settings.LANGUAGE_CODE)) and original.live
        for locale in locales.values()
        if locale.language_code != settings.LANGUAGE_CODE
        and any(getattr(of_key.get(code), "is_own", False) for code in (settings.LANGUAGE_CODE, locale.language_code))
    ]


def answered_at(**which: Any) -> dict[int, datetime]:
    """Return when an editor last answered that a translation needs no change, by the translation's id. One query."""
    rows = PageLogEntry.objects.filter(action=ANSWERED, **which).order_by().values_list("page")
    return dict(rows.annotate(last=models.Max("timestamp")))


def seen_at(page: Page, answers: dict[int, datetime]) -> datetime | None:
    """Return until when a translation follows its original; None where it never did."""
    return max(filter(None, (page.last_published_at, answers.get(page.pk))), default=None)


def _translation(
    original: Page, locale: Locale, page: Page | None, changed: datetime | None, answers: dict[int, datetime]
) -> Translation:
    if page is None:
        return Translation(original, locale, None, State.MISSING)
    if not page.live:
        return Translation(original, locale, page, State.DRAFT)
    seen = seen_at(page, answers)
    if changed and seen and changed > seen:
        return Translation(original, locale, page, State.OUTDATED, changed)
    return Translation(original, locale, page, State.CURRENT)
