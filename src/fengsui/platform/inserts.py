"""One row in one statement that also settles what happens when it is there already.

Django's own insert cannot say "add to what is there and tell me", nor whether a row was new; both
would take a second query, and between the two another writer could come first.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import Model


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
