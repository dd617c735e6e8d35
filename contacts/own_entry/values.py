"""The facts of a row as plain values: what forms carry, versions are compared by, and the log keeps."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import ManyToOneRel
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import to_python

from contacts.fields import BY_NAME, COORDINATOR_FIELDS, MUNICIPALITY_FIELDS, Is, Kind, names_with, on_own_pages
from contacts.models import Coordinator, CoordinatorPhone, County, Municipality, PhoneKind
from contacts.phone_numbers import format_phone
from pages.languages import language_name

type Values = dict[str, Any]  # as JSON has them: text, "" for what is empty, [kind, number] for each phone
type Changes = dict[str, dict[str, Any]]  # by field: {"old": …, "new": …}

ENTRY_FIELDS = names_with(Is.NOTHING, on_own_pages(COORDINATOR_FIELDS))
MUNICIPALITY_VALUES = names_with(Is.NOTHING, on_own_pages(MUNICIPALITY_FIELDS))


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change as people read it; an empty value is ""."""

    label: str
    old: str
    new: str


def read_values(row: Coordinator | Municipality, names: Collection[str]) -> Values:
    """Return the values of a row."""
    return {name: _read(row, name) for name in names}


def read_version(content: dict[str, Any]) -> Values:
    """Return the values of an entry in the content of one of Wagtail's revisions."""
    values = {name: content.get(name) or "" for name in ENTRY_FIELDS}
    return values | {"phones": [[phone["kind"], phone["number"]] for phone in content.get("phones", [])]}


def write_values(row: Any, values: Values) -> None:
    """Give a row these values, unsaved. Numbers keep their rows, in order."""
    for name, value in values.items():
        match BY_NAME[name].kind:
            case Kind.PHONES:
                row.phones = _phone_rows(row, value)
            case Kind.COUNTIES:
                row.counties = list(County.objects.filter(code__in=value))
            case Kind.DATE:
                setattr(row, name, _field(type(row), name).to_python(value or None))
            case _:
                setattr(row, name, _field(type(row), name).to_python(value))


def differences(old: Values, new: Values) -> Changes:
    """Return what is new, field by field."""
    return {name: {"old": old.get(name, ""), "new": value} for name, value in new.items() if old.get(name, "") != value}


def shown_changes(model: type[models.Model], changes: Changes) -> list[ShownChange]:
    """Return changes as people read them, in the order of the form."""
    names = sorted(changes, key=(ENTRY_FIELDS + MUNICIPALITY_VALUES).index)
    return [
        ShownChange(
            label(model, name),
            shown_value(model, name, changes[name]["old"]),
            shown_value(model, name, changes[name]["new"]),
        )
        for name in names
    ]


def label(model: type[models.Model], name: str) -> str:
    """Name a field as forms, pages and mail do; one that is localized with its language."""
    field: Any = model._meta.get_field(name)
    if isinstance(field, ManyToOneRel):
        return capfirst(str(field.related_model._meta.verbose_name_plural))
    if original := getattr(field, "translated_field", None):
        words = {"field": capfirst(original.verbose_name), "language": language_name(field.language)}
        return _("%(field)s in %(language)s") % words
    return capfirst(str(field.verbose_name))


def shown_value(model: type[models.Model], name: str, value: Any) -> str:
    """Write a plain value as people read it, in one line."""
    if not value:
        return ""
    match BY_NAME[name].kind:
        case Kind.PHONES:
            return ", ".join(f"{typed_number(number)} ({PhoneKind(kind).label})" for kind, number in value)
        case Kind.NUMBER:
            return typed_number(value)
        case Kind.DATE:
            return formats.date_format(date.fromisoformat(value), "j F Y")
        case _:
            return str(dict(_field(model, name).flatchoices).get(value, value))


def typed_number(number: str) -> str:
    """Write an E.164 number as a Swede types it; one of another country with its country code."""
    parsed = to_python(number)
    return format_phone(parsed, settings.LANGUAGE_CODE) if parsed else ""


def _field(model: type[models.Model], name: str) -> models.Field:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)  # noqa: S101  (none of the names is a relation backwards)
    return field


def _read(row: Any, name: str) -> Any:
    match BY_NAME[name].kind:
        case Kind.PHONES:
            return [[phone.kind, phone.number.as_e164] for phone in row.phones.all()]
        case Kind.COUNTIES:
            return sorted(county.code for county in row.counties.all()) if row.pk else []
        case Kind.DATE:
            return day.isoformat() if (day := getattr(row, name)) else ""
        case Kind.NUMBER:
            return number.as_e164 if (number := getattr(row, name)) else ""
        case _:
            return str(getattr(row, name) or "")


def _phone_rows(entry: Any, phones: list[list[str]]) -> list[CoordinatorPhone]:
    rows = list(entry.phones.all())[: len(phones)]
    rows += [CoordinatorPhone() for _missing in phones[len(rows) :]]
    for order, (row, (kind, number)) in enumerate(zip(rows, phones, strict=True)):
        row.kind, row.number, row.sort_order = kind, number, order
    return rows
