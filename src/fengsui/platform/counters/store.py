"""Counts follow their records: a change is a row of its own, folded into the counts later.

So two actions in one county never wait for one row; the reader adds what is not folded yet.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count as RowCount
from django.db.models import F

from fengsui.platform.counters.declared import Key
from fengsui.platform.counters.models import Change, Count
from fengsui.platform.inserts import insert_values
from fengsui.platform.records import RecordType
from fengsui.platform.regions.models import way_to

_FOLDED_AT_ONCE = 1_000

# What an action changed: the kind, where it was counted and where it is now.
Moved = tuple[str, Key | None, Key | None]


def note(moved: Iterable[Moved]) -> None:
    """Write what changed, in the transaction of the action."""
    steps = [
        (kind, key.region, key.facet, key.state, step)
        for kind, before, after in moved
        if before != after
        for key, step in ((before, -1), (after, 1))
        if key is not None
    ]
    if steps:
        insert_values(Change, ("kind", "region", "facet", "state", "step"), steps)


@transaction.atomic
def fold() -> int:
    """Fold the oldest changes into the counts; how many. Two at once fold different ones."""
    changes = Change.objects.select_for_update(skip_locked=True).order_by("id")
    taken = list(changes[:_FOLDED_AT_ONCE])
    sums: dict[str, Counter[Key]] = {}
    for change in taken:
        key = Key(change.region, change.facet, change.state)
        sums.setdefault(change.kind, Counter())[key] += change.step
    for kind, steps in sums.items():
        _add(kind, upwards(steps))
    Change.objects.filter(id__in=[change.id for change in taken]).delete()
    return len(taken)


def upwards(steps: Mapping[Key, int]) -> Counter[Key]:
    """Each count also in every region above: 150502001000 → 150502000000 → 150500000000 → …"""
    found: Counter[Key] = Counter()
    for key, number in steps.items():
        for code in way_to(key.region):
            found[key.above(code)] += number
    return found


def _add(kind: str, steps: Mapping[Key, int]) -> None:
    """In one order everywhere, so that two who fold never wait for each other in a ring."""
    for key, number in sorted(steps.items()):
        found = Count.objects.filter(kind=kind, **key.columns())
        if number and not found.update(number=F("number") + number):
            begun = Count(kind=kind, number=0, **key.columns())
            Count.objects.bulk_create([begun], ignore_conflicts=True)
            found.update(number=F("number") + number)


@transaction.atomic
def recount(of: RecordType[Any]) -> int:
    """Count a type anew from its rows, for a database from before its counting; how many rows.

    Reads the whole table in one transaction: for maintenance, not while people work.
    """
    Change.objects.filter(kind=of.name).delete()
    Count.objects.filter(kind=of.name).delete()
    steps = counted(of)
    rows = [Count(kind=of.name, number=n, **key.columns()) for key, n in upwards(steps).items()]
    Count.objects.bulk_create(rows, batch_size=500)
    return steps.total()


def is_missing(of: RecordType[Any]) -> bool:
    """There are records, but none was ever counted: they are older than their counting."""
    kept = (table.objects.filter(kind=of.name).exists() for table in (Count, Change))
    return of.counted is not None and not any(kept) and of.model._base_manager.exists()


def counted(of: RecordType[Any]) -> Counter[Key]:
    """The truth, read from all rows: what the kept counts are compared with."""
    if of.counted is None:
        return Counter()
    columns = (of.counted.region, of.counted.facet, "state")
    grouped = of.model._base_manager.order_by().values_list(*columns).annotate(n=RowCount("pk"))
    return Counter({Key(*key): n for *key, n in grouped})
