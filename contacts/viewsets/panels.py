"""The panels of the admin's forms, from the table of fields."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel

from contacts.fields import ChangedBy, Field, Kind
from pages.languages import localized_fields


def localized_panels(*names: str) -> list[Panel]:
    """Return a panel for each field in each language."""
    return [FieldPanel(name) for name in localized_fields(*names)]


def field_panels(fields: Iterable[Field]) -> list[Panel]:
    """Return the panels of what an editor changes, fields with one heading joined, boxes to tick last."""
    changed = [field for field in fields if field.changed_by >= ChangedBy.EDITOR]
    changed.sort(key=lambda field: field.kind is Kind.FLAG)
    panels: list[Panel] = []
    for heading, group in groupby(changed, key=lambda field: field.heading):
        joined = list(_rows(group))
        panels += [MultiFieldPanel(joined, heading=heading)] if heading else joined
    return panels


def _rows(fields: Iterable[Field]) -> Iterator[Panel]:
    for beside, group in groupby(fields, key=lambda field: field.beside):
        panels = [panel for field in group for panel in _panels(field)]
        yield from [FieldRowPanel(panels)] if beside else panels


def _panels(field: Field) -> list[Panel]:
    if field.kind is Kind.PHONES:
        return [InlinePanel(field.name, label=_("Phone number"), min_num=1)]
    return [FieldPanel(name) for name in field.names]
