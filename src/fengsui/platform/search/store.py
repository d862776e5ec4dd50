"""Entries follow their records, in the transaction that writes these."""

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import transaction

from fengsui.platform.records import RECORD_TYPES, Record, RecordType, Row
from fengsui.platform.search import engine
from fengsui.platform.search.models import Entry, Rebuilt
from fengsui.platform.search.tokens import tokens_of

_BATCH = 500


def told(of: RecordType[Any]) -> frozenset[str]:
    """The columns whose change changes how a record is found."""
    return of.found_by.columns if of.found_by else frozenset()


def keep(rows: Iterable[Row]) -> None:
    """Write how each of the rows is found; those of no searchable type are passed over."""
    types = _types()
    told = [
        (of.name, row.id, tokens_of(of.name, of.found_by.found(row)))
        for row in rows
        if (of := types.get(type(row))) is not None and of.found_by is not None
    ]
    if told:
        engine.write(sorted(told, key=itemgetter(1)))


def _types() -> dict[type, RecordType[Any]]:
    return {of.model: of for of in RECORD_TYPES.values() if of.found_by}


def searchable() -> Sequence[RecordType[Any]]:
    """The types that are found, in the order of their names."""
    return sorted(_types().values(), key=lambda of: of.name)


def is_missing(of: RecordType[Any]) -> bool:
    """There are records, but none was ever told: they are older than their being found."""
    if of.found_by is None or Entry.objects.filter(kind=of.name).exists():
        return False
    return bool(of.model._base_manager.exists())


@transaction.atomic
def rebuild_step(of: RecordType[Any]) -> int:
    """Tell the next records of a type anew, the oldest first; how many. 0: the type is through.

    One short transaction. Where it ended is kept with it, so that a stopped rebuilding goes on.
    """
    mark, _ = Rebuilt.objects.get_or_create(kind=of.name)
    rows = _behind(of, mark.after)
    keep(rows)
    if not rows:
        mark.delete()
        engine.tidy()
        return 0
    mark.after = rows[-1].id
    mark.save()
    return len(rows)


def _behind(of: RecordType[Any], after: UUID | None) -> list[Record]:
    related = of.found_by.related if of.found_by else ()
    rows = of.model._base_manager.select_related(*related).order_by("id")
    return list((rows.filter(id__gt=after) if after else rows)[:_BATCH])


def restart(of: RecordType[Any]) -> None:
    """Let the next step of a type begin at its first record."""
    Rebuilt.objects.filter(kind=of.name).delete()
