"""The forms of the own pages; what they give are plain values (`values.py`)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.confirmation import today
from contacts.fields import COORDINATOR_FIELDS, MUNICIPALITY_FIELDS, ChangedBy, Is, Kind, on_own_pages
from contacts.models import Coordinator, Municipality
from contacts.own_entry.access import EntryAccess
from contacts.own_entry.phones import NumberField, NumberInput, PhoneFormSet
from contacts.own_entry.values import MUNICIPALITY_VALUES, Values, label, read_values, typed_number
from pages.languages import default_field, language_attributes, language_codes, localized_fields

LEAVE = ("leave_from", "leave_until")
LONG_NOTE = {"max_length": gettext_lazy("Shorten the note to %(limit_value)d characters. It has %(show_value)d.")}
OWN_FIELDS = [field for field in on_own_pages(COORDINATOR_FIELDS) if Is.CONFIRMED not in field.traits]
MUNICIPALITY_NUMBERS = [field.name for field in MUNICIPALITY_FIELDS if field.kind is Kind.NUMBER]
INVALID_DAY = {"invalid": gettext_lazy("Write the day as year-month-day, such as 2026-12-31.")}


class DayInput(forms.DateInput):
    """A date as the browser lets people choose it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class EntryForm(forms.ModelForm):
    """An entry as its coordinator or deputy changes it: not its name, owner, counties, order or publication.

    The phone numbers are a formset, `phones`.
    """

    class Meta:
        model = Coordinator
        fields = [name for field in OWN_FIELDS if field.kind is not Kind.PHONES for name in field.names]
        widgets = {field.name: DayInput for field in OWN_FIELDS if field.kind is Kind.DATE}
        help_texts = {
            "email": gettext_lazy("Shown to everybody. Not the address that you sign in with."),
            default_field("note"): gettext_lazy("At most 250 characters. Write nothing about individual cases."),
            "leave_from": gettext_lazy(
                "From this day readers see that you are on leave, with the number of who answers instead above yours: "
                "your deputy, or without one the next coordinator or the support line. Your deputy may change this "
                "entry meanwhile."
            ),
            "leave_until": gettext_lazy("The last day. At midnight the leave ends by itself."),
        }
        error_messages = {
            "email": {"invalid": gettext_lazy("Write the whole address, such as name@example.se.")},
            "employer": {"required": gettext_lazy("Write who employs you.")},
            default_field("role"): {"required": gettext_lazy("Write the role in Swedish.")},
            "target_group": {"required": gettext_lazy("Choose who you work with.")},
            **dict.fromkeys(localized_fields("note"), LONG_NOTE),
            **{field.name: INVALID_DAY for field in OWN_FIELDS if field.kind is Kind.DATE},
        }

    def __init__(self, access: EntryAccess, values: Values, data: Any = None) -> None:
        super().__init__(data, initial=values)
        self.phones = PhoneFormSet(data, initial=values["phones"])
        for field in OWN_FIELDS:
            if field.changed_by is ChangedBy.COORDINATOR and access.is_deputy:
                del self.fields[field.name]
            elif Is.LOCALIZED in field.traits:  # modeltranslation asks for no language by itself
                self.fields[field.default_name].required = Is.REQUIRED in field.traits
                for name, code in zip(field.names, language_codes(), strict=True):
                    self.fields[name].widget.attrs |= language_attributes(code)
        for name, form_field in self.fields.items():
            form_field.label = label(Coordinator, name)

    def all_fields(self) -> list[BoundField]:
        """Return the numbers' fields and the form's own, in the order of the page."""
        return [field for part in (*self.phones, self) for field in part]

    def clean(self) -> dict[str, Any]:
        """Check the numbers too, and ask for both days of a leave or none."""
        cleaned = super().clean() or {}
        if not self.phones.is_valid():
            self.errors["phones"] = self.phones.non_form_errors()
        days = [cleaned.get(name) for name in LEAVE if name in self.fields and name not in self.errors]
        if len(days) == len(LEAVE) and any(days) and not all(days):
            self.add_error(LEAVE[days.index(None)], _("Write both the first and the last day of the leave."))
        return cleaned

    @property
    def values(self) -> Values:
        """What was typed as plain values; the form must be valid."""
        return {"phones": self.phones.values, **read_values(self.instance, self.fields)}


class MunicipalityForm(forms.ModelForm):
    """A municipality's numbers, with where they come from."""

    class Meta:
        model = Municipality
        fields = MUNICIPALITY_VALUES
        field_classes = dict.fromkeys(MUNICIPALITY_NUMBERS, NumberField)
        widgets = {"checked_on": DayInput, **dict.fromkeys(MUNICIPALITY_NUMBERS, NumberInput)}
        help_texts = {"source": gettext_lazy("Such as the municipality’s website, or who you called.")}
        error_messages = {
            "website": {"invalid": gettext_lazy("Write the whole web address, such as https://www.example.se.")},
            "checked_on": INVALID_DAY,
        }

    def __init__(self, values: Values, data: Any = None) -> None:
        numbers = {name: typed_number(values[name]) for name in MUNICIPALITY_NUMBERS}
        super().__init__(data, initial={**values, **numbers})

    def clean_checked_on(self) -> Any:
        """Refuse a day that has not been."""
        day = self.cleaned_data["checked_on"]
        if day and day > today():
            raise ValidationError(_("The numbers cannot have been checked on a day that has not been yet."))
        return day

    @property
    def values(self) -> Values:
        """What was typed as plain values; the form must be valid."""
        return read_values(self.instance, self.fields)
