"""Queries without django-modeltranslation, which puts fields before other values: a union goes by their order."""

from typing import Any

from django.db.models import QuerySet


def plain(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the same rows in no order, their values in the order in which they are asked for."""
    return QuerySet(rows.model).filter(pk__in=rows.order_by().values("pk")).order_by()
