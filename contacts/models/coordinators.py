"""Regional coordinators."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, Revision, RevisionMixin

from contacts.confirmation import today
from contacts.mail import validate_mailable
from contacts.models.places import County
from pages.examples import refuse_example
from pages.models.drafted import FinishedWhenPublished
from pages.models.forms import DraftForm
from pages.models.rows import FramedPreviewMixin, in_order


class TargetGroup(models.TextChoices):
    """Whom a coordinator works with."""

    ADULTS = "adults", _("adults")
    CHILDREN = "children", _("children and young people")
    BOTH = "both", _("adults, children and young people")


class CoordinatorQuerySet(models.QuerySet["Coordinator"]):
    """Coordinators as pages need them."""

    def published(self) -> "CoordinatorQuerySet":
        """Return the published coordinators in order, with their numbers. Two queries."""
        return self.filter(live=True).order_by("sort_order", "name").select_related("deputy").prefetch_related("phones")

    def for_cards(self) -> "CoordinatorQuerySet":
        """Return the published coordinators with their deputies' numbers too. Three queries."""
        return self.published().prefetch_related("deputy__phones")

    def for_county(self, county: County) -> "CoordinatorQuerySet":
        """Return those that cover a county."""
        return self.filter(counties=county)

    def entrusted_to(self, user: AbstractBaseUser) -> "CoordinatorQuerySet":
        """Return the entries that a user keeps today as the deputy of someone on leave."""
        return self.filter(
            left_on=None,
            deputy__user=user,
            deputy__left_on=None,
            leave_from__lte=today(),
            leave_until__gte=today(),
        )

    def signing_in_with(self, address: str) -> "CoordinatorQuerySet":
        """Return who signs in with an address, which then is not published: it tells where the codes go."""
        return self.filter(user__email__iexact=address) if address else self.none()

    def unconfirmed_for(self, days: int) -> "CoordinatorQuerySet":
        """Return the entries last confirmed so many days ago or more, or never."""
        since = today() - timedelta(days=days)
        return self.filter(models.Q(confirmed_on=None) | models.Q(confirmed_on__lte=since))


class Coordinator(FinishedWhenPublished, DraftStateMixin, RevisionMixin, FramedPreviewMixin, ClusterableModel):
    """A regional coordinator's public entry; drafts and revisions are Wagtail's."""

    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=120)
    employer = models.CharField(_("employer"), max_length=120)
    target_group = models.CharField(_("works with"), max_length=10, choices=TargetGroup.choices)
    counties = ParentalManyToManyField(County, related_name="coordinators", verbose_name=_("counties"))
    email = models.EmailField(_("work e-mail"), blank=True, validators=[validate_mailable])
    note = models.CharField(_("note"), max_length=250, blank=True)
    deputy = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="deputy_for",
        limit_choices_to={"left_on": None},
        verbose_name=_("deputy"),
        help_text=_("Who answers when this coordinator is away."),
    )
    leave_from = models.DateField(_("on leave from"), null=True, blank=True)
    leave_until = models.DateField(
        _("on leave until"),
        null=True,
        blank=True,
        help_text=_("From the first to the last day readers are told who to call, and the deputy may keep this entry."),
    )
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("An invented person of the demonstration, marked so on every page.")
    )
    confirmed_on = models.DateField(_("confirmed"), null=True, blank=True)
    sort_order = models.PositiveSmallIntegerField(_("order"), blank=True, editable=False)  # by dragging in the list
    uid = models.UUIDField(_("identifier"), default=uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,  # given by the invitation, not by choosing among all accounts
        related_name="coordinator",
        verbose_name=_("sign-in"),
    )
    reminded_on = models.DateField(_("reminded"), null=True, editable=False)
    left_on = models.DateField(_("left"), null=True, editable=False)

    _revisions = GenericRelation(Revision, related_query_name="coordinator", for_concrete_model=False)

    objects = CoordinatorQuerySet.as_manager()

    base_form_class = DraftForm

    sort_order_field = "sort_order"  # read by Wagtail's list
    # What belongs to the entry as a whole: an older version that is published must not bring back its own.
    fields_outside_versions = ("sort_order", "uid", "user_id", "reminded_on", "left_on")

    class Meta:
        verbose_name = _("coordinator")
        verbose_name_plural = _("coordinators")
        ordering = ["sort_order", "name"]
        constraints = [
            in_order(
                "leave_from",
                "leave_until",
                name="contacts_coordinator_leave_in_order",
                error=_("The leave ends before it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(left_on__isnull=True) | models.Q(live=False),
                name="contacts_coordinator_left_is_not_live",
                violation_error_message=_("Someone who has left cannot be published. Reopen the entry first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """The first letters of the first and the last name."""
        names = self.name.split()
        return "".join(name[0] for name in dict.fromkeys((*names[:1], *names[-1:]))).upper()

    def clean(self) -> None:
        """Keep an example from readers of a live site."""
        super().clean()
        refuse_example("is_example", is_example=self.is_example)

    def refuse_unfinished(self) -> None:
        """Keep from readers the address that somebody signs in with, here or on another entry."""
        if Coordinator.objects.signing_in_with(self.email).exists():
            raise ValidationError({"email": _("This address is used for signing in. Write another one for readers.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Put a new entry last."""
        if self.sort_order is None:
            last = Coordinator.objects.aggregate(last=models.Max("sort_order"))["last"]
            self.sort_order = 0 if last is None else last + 1
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> "Coordinator":
        """Return a version of the entry, without a deputy who has left since."""
        version = super().with_content_json(content)
        for field in self.fields_outside_versions:
            setattr(version, field, getattr(self, field))
        if version.deputy and version.deputy.left_on:
            version.deputy = None
        return version

    @property
    def is_on_leave(self) -> bool:
        """Whether this is a day on which somebody else answers and the deputy may keep the entry."""
        return self.is_on_leave_on(today())

    def is_on_leave_on(self, day: date) -> bool:
        """Tell whether a day (in Stockholm) is one of the leave, both its ends included."""
        return bool(self.leave_from and self.leave_until and self.leave_from <= day <= self.leave_until)

    @property
    def has_leave_ahead(self) -> bool:
        """Whether there is a leave that is not over."""
        return bool(self.leave_from and self.leave_until and today() <= self.leave_until)

    @property
    def revisions(self) -> models.QuerySet[Revision]:
        """The kept versions of the entry, which Wagtail reads under this name."""
        return self._revisions

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """Show an entry as readers see it."""
        return "contacts/coordinator_preview.html"
