"""Inserts that Django's own do not offer: with an answer for what is there, and of very many rows.

One row in one statement that also settles what happens when it is there already: Django's own cannot
say "add to what is there and tell me", nor whether a row was new; both would take a second query, and
between the two another writer could come first.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BinaryField, DateField, Field, ForeignKey, Model, UUIDField

from fengsui.platform.fields import SealedTextField
from fengsui.platform.records import AS_IT_IS, reading


def insert(model: type[Model], values: Mapping[str, object], on_conflict: str) -> tuple[Any, ...]:
    """Insert a row of plain values by column; what the clause `RETURNING` gives, or ().

    `on_conflict` is SQL that both databases know. `values` are of columns without a default of
    the database; none comes from outside except as a parameter.
    """
    table, columns = model._meta.db_table, [model._meta.get_field(name) for name in values]
    prepared = [
        column.get_db_prep_save(value, connection)  # type: ignore[union-attr]  # concrete columns
        for column, value in zip(columns, values.values(), strict=True)
    ]
    names = ", ".join(connection.ops.quote_name(str(column.column)) for column in columns)  # type: ignore[union-attr]  # the same
    marks = ", ".join(["%s"] * len(prepared))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks}) {on_conflict}",  # noqa: S608  our own names
            prepared,
        )
        return cursor.fetchone() or ()


def is_taken(model: type[Model], ids: Sequence[UUID]) -> bool:
    """Whether any of these keys is that of a row already; for thousands of them in one query."""
    if not ids:
        return False
    own, other = _prepared(model._meta.pk, connections[DEFAULT_DB_ALIAS])
    marks = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM {model._meta.db_table} WHERE id IN ({marks}) LIMIT 1",  # noqa: S608  our own names
            [one if type(one) is own else other(one) for one in ids],
        )
        return cursor.fetchone() is not None


def insert_all(model: type[Model], rows: Iterable[Model]) -> None:
    """Insert new rows that carry their own keys, by one prepared statement.

    What `bulk_create` does, at a third of its cost a row: it compiles a statement for every batch
    and treats each value as if it could be an expression.
    """
    columns = _concrete(model)
    names = [column.attname for column in columns]
    if any(getattr(column, "auto_now_add", False) for column in columns):
        insert_values(model, names, ([c.pre_save(row, True) for c in columns] for row in rows))
    else:
        insert_values(model, names, map(reading(names), rows))


def insert_values(
    model: type[Model], names: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """The same for plain values in the order of `names`."""
    fields = {column.attname: column for column in _concrete(model)}
    here = connections[DEFAULT_DB_ALIAS]  # the thread's own, found once and not for every value
    columns = [fields[name] for name in names]
    prepare = [_prepared(column, here) for column in columns]
    quoted = ", ".join(here.ops.quote_name(str(column.column)) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    table = model._meta.db_table
    prepared: list[list[Any]] = [
        [
            value if type(value) is own else other(value)
            for (own, other), value in zip(prepare, row, strict=True)
        ]
        for row in rows
    ]
    statement = f"INSERT INTO {table} ({quoted}) VALUES ({marks})"  # noqa: S608  our own names
    with here.cursor() as cursor:
        if len(prepared) == 1:
            cursor.execute(statement, prepared[0])
        else:
            cursor.executemany(statement, prepared)


Preparing = Callable[[Any], Any]


def _prepared(
    column: "Field[Any, Any]", here: BaseDatabaseWrapper
) -> tuple[type | None, Preparing]:
    """The type of the values that a column takes as they are, and what makes others ready for it.

    As `get_db_prep_save` would, which costs a microsecond and more for each of thousands of values.
    """

    source = column.target_field if isinstance(column, ForeignKey) else column

    def other(value: Any) -> Any:
        return None if value is None else column.get_db_prep_save(value, here)

    if isinstance(source, SealedTextField):
        return None, lambda value: source.to_python(value).stored
    if isinstance(source, UUIDField) and not here.features.has_native_uuid_field:
        return None, lambda value: value.hex if type(value) is UUID else other(value)
    if isinstance(source, UUIDField | BinaryField):
        return UUID if isinstance(source, UUIDField) else bytes, other
    if isinstance(source, DateField):
        return None, cache(other)  # most rows of a batch say the same moment
    return AS_IT_IS.get(type(column)), other


@cache
def _concrete(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    return tuple(model._meta.concrete_fields)
