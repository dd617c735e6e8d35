"""Owner and day of review in the form of what is reviewed. They hold at once, whatever becomes of a draft."""

from operator import itemgetter
from typing import Any

from django import forms
from django.contrib.auth.models import Group, User
from django.db.models import CharField, Q, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.widgets import AdminDateInput

ACCESS = {"content_type__app_label": "wagtailadmin", "codename": "access_admin"}
GROUP, USER = "group", "user"
FIELDS = ("review_owner", "review_by")


class ReviewForm(WagtailAdminModelForm):
    """Adds the two fields, which belong to the `Review` of the instance: it takes them along as `review_values`."""

    review_owner = forms.ChoiceField(
        label=_("owner"),
        required=False,
        help_text=_("Who looks after it and is reminded. Without an owner all editors are."),
    )
    review_by = forms.DateField(
        label=_("review by"),
        required=False,
        widget=AdminDateInput,
        help_text=_("The owner is reminded from two weeks before. Holds at once, also where you save a draft."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "review_owner" not in self.fields:
            return
        self.fields["review_owner"].choices = _owners()
        review = self.instance.reviews.first() if self.instance.pk else None
        if review:
            self.initial |= {"review_owner": _key(review.owner), "review_by": review.review_by}

    def _post_clean(self) -> None:
        super()._post_clean()
        if all(self.add_prefix(name) in self.data and name in self.cleaned_data for name in FIELDS):
            kind, _separator, pk = self.cleaned_data["review_owner"].partition(":")
            self.instance.review_values = {
                "owner_user_id": pk if kind == USER else None,
                "owner_group_id": pk if kind == GROUP else None,
                "review_by": self.cleaned_data["review_by"],
            }


def review_panel() -> MultiFieldPanel:
    """Return the fields as they stand in the form."""
    return MultiFieldPanel([FieldRowPanel([FieldPanel(name) for name in FIELDS])], heading=_("Review"))


def _key(owner: User | Group | None) -> str:
    if owner is None:
        return ""
    return f"{USER if isinstance(owner, User) else GROUP}:{owner.pk}"


def _owners() -> list[Any]:
    """Return the groups and the people who may enter the admin. One query."""
    groups = Group.objects.filter(**{f"permissions__{name}": value for name, value in ACCESS.items()})
    people = User.objects.filter(Q(groups__in=groups) | Q(is_superuser=True), is_active=True)
    whole_name = Trim(Concat("first_name", Value(" "), "last_name"))
    rows = groups.values_list(Value(GROUP), "pk", "name")
    named = people.annotate(shown=Coalesce(NullIf(whole_name, Value("")), "email", output_field=CharField()))
    found = sorted(rows.union(named.values_list(Value(USER), "pk", "shown")).order_by(), key=itemgetter(2))
    of_kind = {kind: [(f"{kind}:{pk}", name) for of, pk, name in found if of == kind] for kind in (GROUP, USER)}
    return [("", gettext("nobody")), (gettext("Groups"), of_kind[GROUP]), (gettext("People"), of_kind[USER])]
