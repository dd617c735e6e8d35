"""Owners are reminded of what they are to review: once a month, in one mail each."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.template import Context, Engine
from django.utils import timezone, translation
from wagtail.admin.admin_url_finder import AdminURLFinder

from pages.outbox.models import MailKind, WaitingMail
from pages.review.models import Review
from pages.roles import EDITOR

BEFORE = timedelta(days=14)
BETWEEN_REMINDERS = timedelta(days=30)


def due() -> list[Review]:
    """Return what owners are to be reminded of today: published, its day near or past, not reminded of lately."""
    today = timezone.localdate()
    rested = Q(reminded_on=None) | Q(reminded_on__lte=today - BETWEEN_REMINDERS)
    reviews = Review.objects.filter(rested, review_by__lte=today + BEFORE)
    found = reviews.select_related("owner_user", "owner_group").prefetch_related("thing").order_by("review_by", "pk")
    return [review for review in found if review.thing and getattr(review.thing, "live", True)]


def addresses(review: Review) -> list[str]:
    """Return who is reminded: the owner, or the members of the group; all editors where that is nobody."""
    people = User.objects.filter(is_active=True).exclude(email="")
    own = people.none()
    if review.owner_user_id:
        own = people.filter(pk=review.owner_user_id)
    elif review.owner_group_id:
        own = people.filter(groups=review.owner_group_id)
    found = own.values_list("email", flat=True) or people.filter(groups__name=EDITOR).values_list("email", flat=True)
    return sorted(found)


@transaction.atomic
def remind() -> int:
    """Write a mail to each who is to be reminded of something, and return how many.

    What is marked by this process is reminded of by it, also when two do so at the same time.
    """
    mails: dict[str, list[Review]] = {}
    for review in due():
        if to := addresses(review):
            if not _mark(review):
                continue  # another process was first, or it was reviewed just now
            for address in to:
                mails.setdefault(address, []).append(review)
    for address, reviews in mails.items():
        WaitingMail.objects.queue(MailKind.REVIEW, address, _text(reviews))
    return len(mails)


def _mark(review: Review) -> bool:
    as_read = {name: getattr(review, name) for name in ("pk", "reminded_on", "review_by")}
    return Review.objects.filter(**as_read).update(reminded_on=timezone.localdate()) == 1


def _text(reviews: list[Review]) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        context = Context({"rows": list(_rows(reviews)), "site_url": settings.SITE_URL}, autoescape=False)  # plain text
        return Engine.get_default().get_template("pages/mail/review_reminder.txt").render(context)


def _rows(reviews: list[Review]) -> Iterator[dict[str, Any]]:
    finder = AdminURLFinder()
    today = timezone.localdate()
    for review in reviews:
        thing: Any = review.thing
        yield {
            "name": str(thing),
            "kind": thing._meta.verbose_name,
            "review_by": review.review_by,
            "is_past": review.review_by is not None and review.review_by <= today,
            "url": settings.SITE_URL + (finder.get_edit_url(thing) or ""),
        }
