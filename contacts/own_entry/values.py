"""The facts of a row as plain values: what forms carry, versions are compared by, and the log keeps."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField
from phonenumber_field.phonenumber import PhoneNumber, to_python

from contacts.models import Coordinator, CoordinatorPhone, Municipality, PhoneKind
from contacts.phone_numbers import format_phone

type Values = dict[str, Any]  # as JSON has them: text, "" for what is empty, [kind, number] for each phone
type Changes = dict[str, dict[str, Any]]  # by field: {"old": …, "new": …}

PHONES = "phones"
ENTRY_FIELDS = (
    PHONES,
    "email",
    "role_sv",
    "role_en",
    "employer",
    "target_group",
    "note_sv",
    "note_en",
    "leave_from",
    "leave_until",
    "confirmed_on",
)
MUNICIPALITY_FIELDS = ("social_services_number", "out_of_hours_number", "website", "source", "checked_on")

LABELS = {
    PHONES: _("Phone numbers"),
    "role_sv": _("Role in Swedish"),
    "role_en": _("Role in English"),
    "note_sv": _("Note in Swedish"),
    "note_en": _("Note in English"),
}


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change as people read it; an empty value is ""."""

    label: str
    old: str
    new: str


def read_values(row: Coordinator | Municipality, names: Collection[str]) -> Values:
    """Return the values of a row."""
    return {name: _read_phones(row) if name == PHONES else _plain(getattr(row, name)) for name in names}


def read_version(content: dict[str, Any]) -> Values:
    """Return the values of an entry in the content of one of Wagtail's revisions."""
    values = {name: content.get(name) or "" for name in ENTRY_FIELDS}
    return values | {PHONES: [[phone["kind"], phone["number"]] for phone in content.get(PHONES, [])]}


def write_values(row: Coordinator | Municipality, values: Values) -> None:
    """Give a row these values, unsaved. Numbers keep their rows, in order."""
    for name, value in values.items():
        if name == PHONES:
            _write_phones(row, value)
        else:
            field = _field(type(row), name)
            setattr(row, name, field.to_python(value) if value or not isinstance(field, models.DateField) else None)


def differences(old: Values, new: Values) -> Changes:
    """Return what is new, field by field."""
    return {name: {"old": old.get(name, ""), "new": value} for name, value in new.items() if old.get(name, "") != value}


def shown_changes(model: type[models.Model], changes: Changes) -> list[ShownChange]:
    """Return changes as people read them, in the order of the form."""
    names = sorted(changes, key=(ENTRY_FIELDS + MUNICIPALITY_FIELDS).index)
    return [
        ShownChange(
            label(model, name),
            shown_value(model, name, changes[name]["old"]),
            shown_value(model, name, changes[name]["new"]),
        )
        for name in names
    ]


def label(model: type[models.Model], name: str) -> str:
    """Name a field as forms, pages and mail do."""
    return str(LABELS.get(name) or capfirst(_field(model, name).verbose_name))


def shown_value(model: type[models.Model], name: str, value: Any) -> str:
    """Write a plain value as people read it, in one line."""
    if name == PHONES:
        return ", ".join(f"{typed_number(number)} ({PhoneKind(kind).label})" for kind, number in value)
    field = _field(model, name)
    if not value:
        return ""
    if isinstance(field, PhoneNumberField):
        return typed_number(value)
    if isinstance(field, models.DateField):
        return formats.date_format(date.fromisoformat(value), "j F Y")
    return str(dict(field.flatchoices).get(value, value))


def typed_number(number: str) -> str:
    """Write an E.164 number as a Swede types it; one of another country with its country code."""
    parsed = to_python(number)
    is_swedish = isinstance(parsed, PhoneNumber) and parsed.country_code == 46
    return format_phone(parsed, settings.LANGUAGE_CODE if is_swedish else "en") if parsed else ""


def _field(model: type[models.Model], name: str) -> models.Field:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)  # noqa: S101  (none of the names is a relation backwards)
    return field


def _plain(value: Any) -> str:
    if isinstance(value, PhoneNumber):
        return value.as_e164
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _read_phones(entry: Any) -> list[list[str]]:
    return [[phone.kind, _plain(phone.number)] for phone in entry.phones.all()]


def _write_phones(entry: Any, phones: list[list[str]]) -> None:
    rows = list(entry.phones.all())[: len(phones)]
    rows += [CoordinatorPhone() for _ in phones[len(rows) :]]
    for order, (row, (kind, number)) in enumerate(zip(rows, phones, strict=True)):
        row.kind, row.number, row.sort_order = kind, number, order
    entry.phones = rows
