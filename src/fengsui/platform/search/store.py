"""Entries follow their records, in the transaction that writes these."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import QuerySet

from fengsui.platform.records import RECORD_TYPES, Record, RecordType, Row
from fengsui.platform.search.declared import Found
from fengsui.platform.search.models import Entry, Rebuilt
from fengsui.platform.search.tokens import tokens_of

_BATCH = 200


def told(of: RecordType[Record]) -> frozenset[str]:
    """The columns whose change changes how a record is found."""
    return of.found_by.columns if of.found_by else frozenset()


def keep(rows: Iterable[Row]) -> None:
    """Write how each of the rows is found; those of no searchable type are passed over."""
    entries = [entry for row in rows if (entry := _entry(row)) is not None]
    if entries:
        Entry.objects.bulk_create(
            sorted(entries, key=lambda entry: entry.record_id),
            update_conflicts=True,
            unique_fields=["record_id"],
            update_fields=["tokens"],
            batch_size=_BATCH,
        )


def found_of(record: Row) -> Found | None:
    """How a record is found, if its type is searchable."""
    of = _types().get(type(record))
    return of.found_by.found(record) if of and of.found_by else None


def _entry(row: Row) -> Entry | None:
    found = found_of(row)
    if found is None:
        return None
    kind = _types()[type(row)].name
    return Entry(kind=kind, record_id=row.id, tokens=tokens_of(kind, found))


def _types() -> dict[type, "RecordType[Record]"]:
    return {of.model: of for of in RECORD_TYPES.values() if of.found_by}


def searchable() -> Sequence[RecordType[Record]]:
    return list(_types().values())


def rebuild_step(of: RecordType[Record], limit: int = _BATCH) -> int:
    """Tell the next records of a type anew, the oldest first; how many. 0: the type is through."""
    assert of.found_by is not None  # noqa: S101  the caller chose among the searchable
    mark, _ = Rebuilt.objects.get_or_create(kind=of.name)
    rows = _behind(of, mark.after).select_related(*of.found_by.related).order_by("id")[:limit]
    found = list(rows)
    keep(found)
    mark.after = found[-1].id if found else None
    mark.save()
    return len(found)


def _behind(of: RecordType[Record], after: UUID | None) -> "QuerySet[Record]":
    rows = of.model._base_manager.all()
    return rows.filter(id__gt=after) if after else rows


def restart(of: RecordType[Record]) -> None:
    """Let the next step of a type begin at its first record."""
    Rebuilt.objects.filter(kind=of.name).delete()
