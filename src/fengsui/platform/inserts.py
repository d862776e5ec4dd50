"""Inserts that Django's own do not offer: with an answer for what is there, and of very many rows.

One row in one statement that also settles what happens when it is there already: Django's own cannot
say "add to what is there and tell me", nor whether a row was new; both would take a second query, and
between the two another writer could come first.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field, Model

from fengsui.platform.records import AS_IT_IS


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


def insert_all(model: type[Model], rows: Iterable[Model]) -> None:
    """Insert new rows that carry their own keys, by one prepared statement.

    What `bulk_create` does, at a third of its cost a row: it compiles a statement for every batch
    and treats each value as if it could be an expression.
    """
    columns = _concrete(model)
    insert_values(
        model,
        [column.attname for column in columns],
        ([column.pre_save(row, True) for column in columns] for row in rows),
    )


def insert_values(
    model: type[Model], names: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """The same for plain values in the order of `names`."""
    fields = {column.attname: column for column in _concrete(model)}
    columns = [fields[name] for name in names]
    plain = [AS_IT_IS.get(type(column)) for column in columns]
    here = connections[DEFAULT_DB_ALIAS]  # the thread's own, found once and not for every value
    quoted = ", ".join(here.ops.quote_name(str(column.column)) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    table = model._meta.db_table
    prepared: list[list[Any]] = [
        [
            value if type(value) is own else column.get_db_prep_save(value, here)
            for column, own, value in zip(columns, plain, row, strict=True)
        ]
        for row in rows
    ]
    with here.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({quoted}) VALUES ({marks})",  # noqa: S608  our own names
            prepared,
        )


@cache
def _concrete(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    return tuple(model._meta.concrete_fields)
