"""Copy every row of a site from one database into another, SQLite or PostgreSQL, as it lies there.

Values are not read as Python's: a text that the code of today would read otherwise stays as it is. No signal is sent.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import batched
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Col

# Wagtail's index holds what each database makes of the words: it is written anew.
NOT_COPIED = {"wagtailsearch"}
AT_ONCE = 500  # rows that are written together
# What the two databases store differently; everything else is a number or a text in both.
CONVERTED = {"BinaryField", "BooleanField", "DateField", "DateTimeField", "DecimalField", "TimeField", "UUIDField"}

type Model = type[models.Model]


def copied_models() -> list[Model]:
    """Return the models of all tables that are copied, the hidden ones of relations among them."""
    found = apps.get_models(include_auto_created=True)
    return [
        model
        for model in found
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in NOT_COPIED
    ]


def copy_rows(source: BaseDatabaseWrapper, target: BaseDatabaseWrapper) -> dict[str, tuple[int, int]]:
    """Replace every row of the target; return how many rows each table has in both. The caller opens a transaction.

    What migrations have put there goes too: it would have other numbers. References are checked when the transaction
    ends, so that the order does not matter.
    """
    tables = copied_models()
    with target.cursor() as cursor:
        for model in tables:
            cursor.execute(f"DELETE FROM {target.ops.quote_name(model._meta.db_table)}")  # noqa: S608
        for model in tables:
            _copy_table(model, source, target, cursor)
        for statement in target.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
    return {model._meta.db_table: (_count(model, source), _count(model, target)) for model in tables}


def _copy_table(model: Model, source: BaseDatabaseWrapper, target: BaseDatabaseWrapper, cursor: Any) -> None:
    fields = [field for field in model._meta.local_concrete_fields if not field.generated]
    names = [str(field.column) for field in fields]
    table, places = model._meta.db_table, ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {target.ops.quote_name(table)} ({_quoted(target, names)}) VALUES ({places})"  # noqa: S608
    for rows in batched(_stored(model, fields, source, target), AT_ONCE):
        cursor.executemany(insert, rows)


def _stored(
    model: Model, fields: list[Any], source: BaseDatabaseWrapper, target: BaseDatabaseWrapper
) -> Iterator[list[Any]]:
    """Yield the rows of the source as the target stores them."""
    converters = [list(_converters(field, source, target)) for field in fields]
    columns = _quoted(source, [field.column for field in fields])
    with source.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {source.ops.quote_name(model._meta.db_table)}")  # noqa: S608
        while rows := cursor.fetchmany(AT_ONCE):
            for row in rows:
                yield [_converted(value, by) for value, by in zip(row, converters, strict=True)]


def _converters(field: Any, source: BaseDatabaseWrapper, target: BaseDatabaseWrapper) -> Iterator[Any]:
    """Yield what makes a value of Python's out of the source's, and the target's out of that."""
    while field.remote_field:
        field = field.target_field
    kind = field.get_internal_type()
    if kind in CONVERTED:
        plain: Any = getattr(models, kind)()
        column = Col("", plain)
        yield from (partial(_read, convert, column, source) for convert in source.ops.get_db_converters(column))
        yield partial(plain.get_db_prep_value, connection=target, prepared=False)


def _read(convert: Any, column: Any, source: BaseDatabaseWrapper, value: Any) -> Any:
    return convert(value, column, source)


def _converted(value: Any, converters: Iterable[Any]) -> Any:
    for convert in converters:
        value = convert(value)
    return value


def _quoted(connection: BaseDatabaseWrapper, names: list[str]) -> str:
    return ", ".join(map(connection.ops.quote_name, names))


def _count(model: Model, connection: BaseDatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
        return int(cursor.fetchone()[0])
