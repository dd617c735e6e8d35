"""The report of what is to be reviewed, and the press that says that nothing has to be changed."""

from collections.abc import Iterator
from typing import Any

import django_filters
from django import forms
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.log_actions import log
from wagtail.models import Locale, Page, get_page_models
from wagtail.permissions import policy_registry

from pages.admin.care import CareItem
from pages.admin.one_press import AheadColumn, PressColumn, PressView
from pages.registry import reviewed_models
from pages.review.models import NEAR, Review, ReviewQuerySet

REVIEWED = "pages.reviewed"


def reviews_for(user: Any) -> ReviewQuerySet:
    """Return the reviews of what is published and a user may change. A query for each kind that is no page."""
    own = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    types = ContentType.objects.get_for_models(*get_page_models()).values()
    wanted = Q(content_type__in=types, object_id__in=own.filter(live=True).values("pk"))
    for model in map(apps.get_model, reviewed_models()):
        if policy_registry.get_by_type(model).user_has_permission(user, "change"):
            rows = model._default_manager.all()
            rows = rows.filter(live=True) if hasattr(model, "live") else rows
            wanted |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=rows.values("pk"))
    return Review.objects.filter(wanted).exclude(review_by=None)


class ReviewFilterSet(WagtailFilterSet):
    """Whose, and when."""

    when = django_filters.ChoiceFilter(
        label=_("When"),
        method="filter_when",
        choices=[("past", _("the day has come")), ("near", _("within a month"))],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    whose = django_filters.ChoiceFilter(
        label=_("Whose"),
        method="filter_whose",
        choices=[("mine", _("mine, or those of my groups"))],
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Review
        fields: list[str] = []

    def filter_when(self, queryset: ReviewQuerySet, name: str, value: str) -> QuerySet[Review]:
        """Keep what is due, or nearly."""
        return queryset.past() if value == "past" else queryset.near()

    def filter_whose(self, queryset: ReviewQuerySet, name: str, value: str) -> QuerySet[Review]:
        """Keep what the user looks after."""
        return queryset.owned_by(self.request.user)


class PagesToReviewView(ReportView):
    """Published pages, publications and contacts by the day until which they are to be reviewed."""

    page_title = _("To review")
    header_icon = "time"
    index_url_name = "pages_to_review"
    index_results_url_name = "pages_to_review_results"
    model = Review
    filterset_class = ReviewFilterSet
    columns = [
        TitleColumn("thing", label=_("Page or entry"), accessor=str, get_url=lambda review: review.edit_url),
        Column("kind", label=_("Type"), accessor=lambda review: capfirst(review.thing._meta.verbose_name)),
        Column("language", label=_("Language"), accessor="language"),
        Column("owner", label=_("Owner"), accessor=lambda review: review.owner or ""),
        AheadColumn("review_by", label=capfirst(_("review by"))),
        AheadColumn("reviewed_on", label=capfirst(_("reviewed"))),
        PressColumn(
            "press",
            label=_("Actions"),
            press=_("Reviewed, nothing to change"),
            get_url=lambda review: reverse("note_reviewed", args=[review.pk]),
        ),
    ]
    list_export = ["thing", "owner", "review_by", "reviewed_on"]
    is_searchable = False

    def get_queryset(self) -> QuerySet[Review]:
        """Return what the user may change, the earliest day first."""
        reviews = reviews_for(self.request.user).select_related("owner_user", "owner_group")
        return reviews.prefetch_related("thing").order_by("review_by", "pk")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Add where each is changed, and its language. One query."""
        finder = AdminURLFinder(self.request.user)
        languages = {locale.pk: locale.get_display_name() for locale in Locale.objects.all()}
        for review in object_list:
            review.edit_url = finder.get_edit_url(review.thing)
            review.language = languages.get(getattr(review.thing, "locale_id", None), "")
        return object_list


class NoteReviewedView(PressView):
    """Notes that what is reviewed was read and is right."""

    def press(self) -> str:
        """Set the next day, and log it."""
        review = get_object_or_404(Review, pk=self.kwargs["pk"])
        if not reviews_for(self.request.user).filter(pk=review.pk).exists():
            raise PermissionDenied
        until = review.note_reviewed()
        log(review.thing, REVIEWED, user=self.request.user, data={"review_by": until.isoformat()})
        told = {"name": review.thing, "date": date_format(until, "j F Y")}
        return gettext("“%(name)s” is reviewed. Next time: %(date)s.") % told

    def get_back_url(self) -> str:
        """Return the list."""
        return reverse(PagesToReviewView.index_url_name)


def care_items(user: Any) -> Iterator[CareItem]:
    """Yield what is past its day, and what comes near."""
    url, today = reverse(PagesToReviewView.index_url_name), timezone.localdate()
    days = reviews_for(user).filter(review_by__lte=today + NEAR).values_list("review_by", flat=True)
    past = sum(day is not None and day <= today for day in days)
    near = len(days) - past
    yield CareItem(
        count=past,
        label=ngettext("text is past its day of review", "texts are past their day of review", past),
        all_well=gettext("Nothing is past its day of review."),
        url=f"{url}?when=past",
    )
    yield CareItem(
        count=near,
        label=ngettext("text is to be reviewed within a month", "texts are to be reviewed within a month", near),
        all_well=gettext("Nothing is to be reviewed within a month."),
        url=f"{url}?when=near",
        is_urgent=False,
    )
