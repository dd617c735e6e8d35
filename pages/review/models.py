"""What is to be reviewed, by whom and when; beside the pages, so that no draft or older version holds another date."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

NEAR = timedelta(days=30)
EVERY = timedelta(days=365)  # until the next review of what was found to be right


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reviews by their date."""

    def past(self) -> "ReviewQuerySet":
        """Return those whose day has come."""
        return self.filter(review_by__lte=timezone.localdate())

    def near(self) -> "ReviewQuerySet":
        """Return those whose day comes within a month."""
        today = timezone.localdate()
        return self.filter(review_by__gt=today, review_by__lte=today + NEAR)

    def owned_by(self, user: Any) -> "ReviewQuerySet":
        """Return what someone, or a group of theirs, looks after."""
        return self.filter(Q(owner_user=user) | Q(owner_group__in=user.groups.all()))


class Review(models.Model):
    """One row for each page, publication or contact that has a day or an owner; these name theirs `reviews`."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()
    owner_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    owner_group = models.ForeignKey(Group, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    review_by = models.DateField(_("review by"), null=True, blank=True)
    reviewed_on = models.DateField(_("reviewed"), null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="pages_review_one_for_each"),
            models.CheckConstraint(condition=Q(owner_user=None) | Q(owner_group=None), name="pages_review_one_owner"),
        ]

    def __str__(self) -> str:
        return str(self.thing)

    @property
    def owner(self) -> User | Group | None:
        """Who looks after it."""
        return self.owner_user or self.owner_group

    def note_reviewed(self) -> date:
        """Note that it was found to be right today, and return when it is to be looked at again."""
        today = timezone.localdate()
        self.reviewed_on, self.review_by, self.reminded_on = today, today + EVERY, None
        self.save()
        return self.review_by
