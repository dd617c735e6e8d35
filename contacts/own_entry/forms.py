"""The forms of the own pages; what they give are plain values (`values.py`)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from phonenumber_field.formfields import PhoneNumberField

from contacts.confirmation import today
from contacts.models import Coordinator, Municipality, PhoneKind
from contacts.own_entry.access import EntryAccess
from contacts.own_entry.values import LABELS, MUNICIPALITY_FIELDS, PHONES, Values, read_values, typed_number

PHONE_ROWS = 5  # more where an entry has more
NUMBERS = ("social_services_number", "out_of_hours_number")
LEAVE = ("leave_from", "leave_until")
LONG_NOTE = gettext_lazy("Shorten the note to %(limit_value)d characters. It has %(show_value)d.")
INVALID_DAY = gettext_lazy("Write the day as year-month-day, such as 2026-12-31.")


class NumberInput(forms.TextInput):
    """A field that brings up the telephone's keys."""

    input_type = "tel"


class DayInput(forms.DateInput):
    """A date as the browser lets people choose it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class NumberField(PhoneNumberField):
    """A number that any phone can dial."""

    widget = NumberInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"region": "SE", **options})
        text = gettext_lazy("“{label}” is not a whole phone number. Write it with the area code.")
        self.error_messages["invalid"] = format_lazy(text, label=self.label)

    def clean(self, value: Any) -> Any:
        """Refuse an extension, which would be lost on the way to the phone."""
        number = super().clean(value)
        if number and number.extension:
            raise ValidationError(_("Write the number without an extension; the note can tell it."))
        return number


class EntryForm(forms.ModelForm):
    """An entry as its coordinator or deputy changes it: not its name, owner, counties, order or publication."""

    class Meta:
        model = Coordinator
        fields = ("email", "employer", "role_sv", "role_en", "target_group", "note_sv", "note_en", *LEAVE)
        labels = {name: label for name, label in LABELS.items() if name != PHONES}
        widgets = dict.fromkeys(LEAVE, DayInput)
        help_texts = {
            "email": gettext_lazy("Shown to everybody. Not the address that you sign in with."),
            "note_sv": gettext_lazy("At most 250 characters. Write nothing about individual cases."),
            "leave_from": gettext_lazy("While you are away your deputy may change this entry."),
            "leave_until": gettext_lazy("The last day."),
        }
        error_messages = {
            "email": {"invalid": gettext_lazy("Write the whole address, such as name@example.se.")},
            "employer": {"required": gettext_lazy("Write who employs you.")},
            "role_sv": {"required": gettext_lazy("Write the role in Swedish.")},
            "target_group": {"required": gettext_lazy("Choose whom you work with.")},
            **{name: {"max_length": LONG_NOTE} for name in ("note_sv", "note_en")},
            **{name: {"invalid": INVALID_DAY} for name in LEAVE},
        }

    def __init__(self, access: EntryAccess, values: Values, data: Any = None) -> None:
        super().__init__(data, initial=values)
        self.access = access
        self.fields["role_sv"].required = True  # modeltranslation asks for no language by itself
        if access.is_deputy:  # who could make the leave longer would hold the entry for ever
            for name in LEAVE:
                del self.fields[name]
        self.others = list(self.fields)
        self.rows = range(1, max(PHONE_ROWS, len(values[PHONES])) + 1)
        for row in self.rows:
            self._add_row(row, dict(enumerate(values[PHONES], 1)).get(row, [PhoneKind.DIRECT, ""]))
        self.order_fields([name for row in self.rows for name in (f"number_{row}", f"kind_{row}")])

    def _add_row(self, row: int, phone: list[str]) -> None:
        """Add the fields of a number; one number at least is asked for."""
        typed = {place for place in self.rows if self.data.get(f"number_{place}", "").strip()}
        self.fields[f"number_{row}"] = NumberField(
            label=_("Number %(row)d") % {"row": row},
            initial=typed_number(phone[1]),
            required=row == 1 and not typed,
            error_messages={"required": _("Write at least one phone number.")},
        )
        self.fields[f"kind_{row}"] = forms.ChoiceField(
            label=_("Kind of number %(row)d") % {"row": row},
            choices=PhoneKind.choices,
            initial=phone[0],
            required=not self.is_bound or row in typed,
        )

    def phone_fields(self) -> list[BoundField]:
        """Return the fields of the numbers that there are, and of one more."""
        shown = [row for row in self.rows if self[f"number_{row}"].value()]
        shown += [row for row in self.rows if row not in shown][:1]
        return [self[name] for row in shown for name in (f"number_{row}", f"kind_{row}")]

    def other_fields(self) -> list[BoundField]:
        """Return the fields below the numbers."""
        return [self[name] for name in self.others]

    def clean(self) -> dict[str, Any]:
        """Ask for each number once, and for both days of a leave or none."""
        cleaned = super().clean() or {}
        numbers: set[Any] = set()
        for row in self.rows:
            number = cleaned.get(f"number_{row}")
            if number and number in numbers:
                self.add_error(f"number_{row}", _("The same number is there twice."))
            numbers.add(number)
        days = [cleaned.get(name) for name in LEAVE if name in self.fields and name not in self.errors]
        if len(days) == len(LEAVE) and any(days) and not all(days):
            self.add_error(LEAVE[days.index(None)], _("Write both the first and the last day of the leave."))
        return cleaned

    @property
    def values(self) -> Values:
        """What was typed as plain values; the form must be valid."""
        rows = [(self.cleaned_data[f"kind_{row}"], self.cleaned_data[f"number_{row}"]) for row in self.rows]
        phones = [[kind, number.as_e164] for kind, number in rows if number]
        return {PHONES: phones, **read_values(self.instance, self.others)}


class MunicipalityForm(forms.ModelForm):
    """A municipality's numbers, with where they come from."""

    class Meta:
        model = Municipality
        fields = MUNICIPALITY_FIELDS
        field_classes = dict.fromkeys(NUMBERS, NumberField)
        widgets = {"checked_on": DayInput, **dict.fromkeys(NUMBERS, NumberInput)}
        help_texts = {"source": gettext_lazy("Such as the municipality’s website, or whom you called.")}
        error_messages = {
            "website": {"invalid": gettext_lazy("Write the whole web address, such as https://www.example.se.")},
            "checked_on": {"invalid": INVALID_DAY},
        }

    def __init__(self, values: Values, data: Any = None) -> None:
        numbers = {name: typed_number(values[name]) for name in NUMBERS}
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
