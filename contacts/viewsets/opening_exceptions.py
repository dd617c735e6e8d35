"""The rows of other hours in the form of a support line."""

from typing import Any

from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext
from modelcluster.forms import BaseChildFormSet
from wagtail.admin.panels import InlinePanel

from contacts.models import OpeningException


class OpeningExceptionFormSet(BaseChildFormSet):
    """Rows whose ranges hold no day twice."""

    def clean(self) -> None:
        """Refuse a range that begins before an earlier one has ended, and name that one."""
        super().clean()
        kept = [form for form in self.forms if not form.errors and not form.cleaned_data.get(DELETION_FIELD_NAME)]
        rows = [form for form in kept if form.instance.first_day]  # an empty one is none
        earlier: OpeningException | None = None
        for form in sorted(rows, key=lambda form: form.instance.first_day):
            row = form.instance
            if earlier and row.first_day <= earlier.last_day:
                message = gettext("Another row holds %(days)s. A day can be in one row only.")
                form.add_error("first_day", message % {"days": earlier})
            if earlier is None or row.last_day > earlier.last_day:
                earlier = row


class OpeningExceptionsPanel(InlinePanel):
    """The rows with their own form set."""

    def get_form_options(self) -> dict[str, Any]:
        """Name the form set."""
        options = super().get_form_options()
        options["formsets"][self.relation_name]["formset"] = OpeningExceptionFormSet
        return options
