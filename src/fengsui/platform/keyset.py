"""Pages by key, both ways: a page begins beyond a row, never at a count of rows.

The place of a page is the sorted value and the id of the row it goes on from: `2026-03-17~0195…`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.db.models.sql.where import WhereNode

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Order:
    """By one indexed column, then by id. Rows without a value are left out when sorted by it."""

    column: str = "id"
    descending: bool = True

    @classmethod
    def asked(cls, text: str, sortable: Sequence[str]) -> "Order":
        """`due_on`, `-due_on`; what is not sortable gives the newest first."""
        column = text.removeprefix("-")
        return cls(column, text.startswith("-")) if column in sortable else cls()


@dataclass(frozen=True, slots=True)
class KeysetPage(Generic[M]):
    """Rows in order; `before` and `after` are the places to go on from, empty at the ends."""

    rows: list[M]
    before: str = ""
    after: str = ""


def page_of(
    rows: QuerySet[M], order: Order, after: str = "", before: str = "", size: int = 50
) -> KeysetPage[M]:
    """The page behind `after`, or the one in front of `before`. Nonsense gives the first page."""
    back = bool(before)
    place = _place(rows.model, order, before or after)
    down = order.descending != back if place else order.descending
    if order.column != "id":
        rows = rows.filter(**{f"{order.column}__isnull": False})
    if place:
        rows = rows.filter(_beyond(order.column, place, down))
    sign = "-" if down else ""
    ordered = rows.order_by(*(f"{sign}{name}" for name in dict.fromkeys((order.column, "id"))))
    found = first_of(ordered, size + 1)
    more, found = len(found) > size, found[:size]
    if back and place:
        found.reverse()
    earlier, later = (more, True) if back and place else (bool(place), more)
    return KeysetPage(
        found,
        _written(found[0], order) if found and earlier else "",
        _written(found[-1], order) if found and later else "",
    )


def first_of(ordered: QuerySet[M], limit: int) -> list[M]:
    """The first rows in order. Which these are is asked of their table alone, then they are read by id
    alone: a join, or a second condition, may tempt a planner to begin elsewhere."""
    ids = list(ordered.values_list("pk", flat=True)[:limit])
    read = ordered.all()
    read.query.where = WhereNode()
    return list(read.filter(pk__in=ids))


def _beyond(column: str, place: tuple[Any, UUID], down: bool) -> Q:
    """As a range on the column first, so that its index finds the place."""
    value, row_id = place
    step = "lt" if down else "gt"
    if column == "id":
        return Q(**{f"id__{step}": row_id})
    ties = Q(**{f"{column}__{step}": value}) | Q(**{column: value, f"id__{step}": row_id})
    return Q(**{f"{column}__{step}e": value}) & ties


def _written(row: Model, order: Order) -> str:
    return f"{getattr(row, order.column)}~{row.pk}" if order.column != "id" else str(row.pk)


def _place(model: type[Model], order: Order, text: str) -> tuple[Any, UUID] | None:
    value, _, row_id = text.rpartition("~")
    column = model._meta.get_field(order.column)
    try:
        read = column.to_python(value) if isinstance(column, Field) and value else None
        place = (read, UUID(row_id))
    except (ValueError, ValidationError):
        return None
    return place if order.column == "id" or value else None
