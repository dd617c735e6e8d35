"""Phone numbers in the forms of the own pages."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from phonenumber_field.formfields import PhoneNumberField

from contacts.models import PhoneKind
from contacts.own_entry.values import typed_number

MOST_ROWS = 50


class NumberInput(forms.TextInput):
    """A field that brings up the telephone's keys."""

    input_type = "tel"


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


class PhoneForm(forms.Form):
    """A row of number and kind, whose fields the formset adds; without a number it is empty."""

    def has_changed(self) -> bool:
        """Tell whether a number was typed, which alone makes a row."""
        return bool((self["number"].data or "").strip())


class BasePhoneFormSet(forms.BaseFormSet):
    """The numbers of an entry, and an empty row for one more; an emptied row is a number removed."""

    def __init__(self, data: QueryDict | None, *, initial: Iterable[tuple[str, str]]) -> None:
        rows = [{"kind": kind, "number": typed_number(number)} for kind, number in initial]
        super().__init__(data, initial=rows, prefix="phones")
        if data and 0 < len(self.typed) < MOST_ROWS and all(self.typed):
            self.data = data.copy()
            self.data["phones-TOTAL_FORMS"] = str(len(self.typed) + 1)
            del self.management_form  # which was read to count the rows

    @property
    def typed(self) -> list[str]:
        """What was typed as numbers, row by row."""
        rows = range(self.total_form_count()) if self.is_bound and self.management_form.is_valid() else []
        return [self.data.get(f"phones-{row}-number", "").strip() for row in rows]

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Add number and kind, by the number of their row; one number at least is asked for."""
        super().add_fields(form, index)
        row = (index or 0) + 1
        form.empty_permitted = row > 1 or any(self.typed)
        form.fields["number"] = NumberField(
            label=_("Number %(row)d") % {"row": row},
            required=row == 1,
            error_messages={"required": _("Write at least one phone number.")},
        )
        form.fields["kind"] = forms.ChoiceField(
            label=_("Kind of number %(row)d") % {"row": row}, choices=PhoneKind.choices, initial=PhoneKind.DIRECT
        )

    def clean(self) -> None:
        """Ask for each number once."""
        numbers: set[Any] = set()
        for form in self.forms:
            number = form.cleaned_data.get("number")
            if number and number in numbers:
                form.add_error("number", _("The same number is there twice."))
            numbers.add(number)

    @property
    def values(self) -> list[list[str]]:
        """What was typed as kind and number (E.164); the formset must be valid."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data]
        return [[row["kind"], row["number"].as_e164] for row in rows]


PhoneFormSet = cast(
    "type[BasePhoneFormSet]",
    forms.formset_factory(
        PhoneForm, formset=BasePhoneFormSet, min_num=1, validate_min=True, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    ),
)
