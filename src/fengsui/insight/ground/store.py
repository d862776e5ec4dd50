"""Keeps the grid and the quality counts: follows the ledger in short steps, one follower at a time.

No action writes a count, so that no two actions ever wait for one; a step reads what the sealed
entries changed, compares with what it last saw, and adds the differences. Doing it twice changes
nothing, and all of it may be emptied and built anew from the ledger.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Q

from fengsui.insight.ground import grid
from fengsui.insight.ground.models import Bookmark, CellCount, DoubtCount, Doubtful, Place
from fengsui.insight.ground.rules import Doubt, Facts, doubts, twin_key
from fengsui.platform.ledger.models import Entry, EntryRow, Leaf, Log
from fengsui.platform.records import type_name
from fengsui.platform.regions.models import Boundary, county_of
from fengsui.registry.lifecycle import State
from fengsui.registry.models import Premises
from fengsui.supervision.lifecycle import HazardState
from fengsui.supervision.models import Hazard, Inspection

# Of one step: what SQLite's write lock is held for, well under a quarter of a second.
STEP_ROWS = 200
_LEAVES = 200
_MICRO = 1_000_000
_ABOUT: Mapping[str, type[Hazard] | type[Inspection]] = {
    type_name(Hazard): Hazard,
    type_name(Inspection): Inspection,
}
_PREMISES = type_name(Premises)
_WATCHED = (_PREMISES, *_ABOUT)
_COUNTS = ("premises", "hazardous", "north", "east")
_ONE_CELL = ("level", "cell", "county", "premises_class")


class Cell(NamedTuple):
    level: int
    cell: int
    county: str
    premises_class: str


@transaction.atomic
def follow(rows: int = STEP_ROWS) -> bool:
    """Read on in the ledger and count what changed; True means: there may be more at once."""
    Bookmark.objects.get_or_create(id=1)
    mark = Bookmark.objects.select_for_update().get(id=1)
    found = _rows_beyond(mark, rows)
    if found is None:
        return _turn_to_the_next_log(mark)
    place(_premises_of(found))
    mark.save()
    return True


@transaction.atomic
def forget() -> None:
    """Empty everything; the next steps build it anew from the ledger's beginning."""
    for model in (Doubtful, Place, CellCount, DoubtCount, Bookmark):
        model.objects.all().delete()


def _rows_beyond(mark: Bookmark, limit: int) -> list[tuple[str, UUID]] | None:
    """The next watched rows, the bookmark moved behind them; None at the end of the log."""
    leaves = list(
        Leaf.objects.filter(log=mark.log, index__gte=mark.leaf).order_by("index")[:_LEAVES]
    )
    was, found = (mark.leaf, mark.ordinal), list[tuple[str, UUID]]()
    for leaf in leaves:
        begun = mark.ordinal if leaf.index == mark.leaf else -1
        rows = EntryRow.objects.filter(
            entry=leaf.entry_id, row_type__in=_WATCHED, ordinal__gt=begun
        ).order_by("ordinal")
        taken = list(rows.values_list("row_type", "row_id", "ordinal")[: limit - len(found)])
        found += [(row_type, row_id) for row_type, row_id, _ in taken]
        mark.leaf, mark.ordinal = leaf.index, taken[-1][2] if taken else begun
        if len(found) >= limit:
            break
    return found if found or (mark.leaf, mark.ordinal) != was else None


def _turn_to_the_next_log(mark: Bookmark) -> bool:
    beyond = Log.objects.filter(number__gt=mark.log).order_by("number").first()
    if beyond is None:
        return False
    mark.log, mark.leaf, mark.ordinal = beyond.number, -1, -1
    mark.save()
    return True


def _premises_of(found: Iterable[tuple[str, UUID]]) -> list[UUID]:
    """Which premises these rows are, or are about."""
    by_type: dict[str, list[UUID]] = defaultdict(list)
    for row_type, row_id in found:
        by_type[row_type].append(row_id)
    wanted = set(by_type.pop(_PREMISES, []))
    for row_type, ids in by_type.items():
        about = _ABOUT[row_type].objects.filter(id__in=ids)
        wanted |= set(about.values_list("premises_id", flat=True))
    return sorted(wanted)


@transaction.atomic
def place(ids: Sequence[UUID]) -> None:
    """Count these premises as they are now instead of as they were last seen."""
    before = Place.objects.in_bulk(ids)
    living = Premises.objects.filter(id__in=ids, state=State.REGISTERED)
    now = {row.premises_id: row for row in _places(list(living))}
    gone = before.keys() - now.keys()
    _add_to_cells(before.values(), now.values())
    _store_places(now.values())
    _exchange_doubts(list(now), _doubts(living), gone)
    Place.objects.filter(pk__in=gone).delete()
    _mark_twins({row.twin for row in (*before.values(), *now.values())} - {""})


def _places(rows: Sequence[Premises]) -> Iterator[Place]:
    ids = [row.id for row in rows]
    hazards = Hazard.objects.filter(premises__in=ids).exclude(state=HazardState.CLOSED)
    open_hazards = dict(hazards.values_list("premises").annotate(n=Count("id")))
    visits = Inspection.objects.filter(premises__in=ids, arrived_at__isnull=False)
    visited = dict(visits.values_list("premises").annotate(last=Max("arrived_at")))
    entries = Entry.objects.in_bulk([row.entry_id for row in rows])
    for row in rows:
        entered = entries[row.entry_id].received_at if row.entry_id in entries else row.moved_at
        yield _place(row, open_hazards.get(row.id, 0), max(entered, visited.get(row.id) or entered))


def _place(row: Premises, open_hazards: int, seen_at: datetime) -> Place:
    place = Place(
        premises_id=row.id,
        region=row.region,
        premises_class=row.premises_class,
        open_hazards=open_hazards,
        twin=twin_key(county_of(row.region), row.name_key, row.address_key),
        seen_at=seen_at,
    )
    if row.latitude is not None and row.longitude is not None:
        place.cell = grid.deepest_cell(row.latitude, row.longitude)
        place.north, place.east = round(row.latitude * _MICRO), round(row.longitude * _MICRO)
    return place


def _store_places(rows: Iterable[Place]) -> None:
    columns = [column.name for column in Place._meta.concrete_fields if not column.primary_key]
    Place.objects.bulk_create(
        rows, update_conflicts=True, update_fields=columns, unique_fields=("premises",)
    )


def _add_to_cells(before: Iterable[Place], now: Iterable[Place]) -> None:
    deltas: dict[Cell, Counter[str]] = defaultdict(Counter)
    for sign, rows in ((-1, before), (1, now)):
        for row in rows:
            for cell, counts in _shares(row):
                for name, count in counts.items():
                    deltas[cell][name] += sign * count
    changed = {cell: counts for cell, counts in deltas.items() if any(counts.values())}
    kept = _kept_cells(changed)
    for cell, counts in changed.items():
        held = kept.setdefault(cell, _empty(cell))
        for name, count in counts.items():
            setattr(held, name, getattr(held, name) + count)
    _store_cells(kept.values())


def _store_cells(held: Iterable[CellCount]) -> None:
    """Cells that hold nothing any more go: the table is as large as what is on the map."""
    kept, gone = list[CellCount](), list[int]()
    for row in held:
        if not row.premises and row.pk:
            gone.append(row.pk)
        elif row.premises:
            row.pk = (
                None  # a cell is its place, not its key: inserted, or exchanged for what is there
            )
            kept.append(row)
    CellCount.objects.filter(pk__in=gone).delete()
    CellCount.objects.bulk_create(
        kept, update_conflicts=True, update_fields=_COUNTS, unique_fields=_ONE_CELL
    )


def _empty(cell: Cell) -> CellCount:
    return CellCount(
        level=cell.level, cell=cell.cell, county=cell.county, premises_class=cell.premises_class
    )


def _shares(row: Place) -> Iterator[tuple[Cell, dict[str, int]]]:
    """What one premises adds to its county and to each cell above it."""
    county, hazardous = county_of(row.region), int(row.open_hazards > 0)
    yield Cell(0, 0, county, row.premises_class), {"premises": 1, "hazardous": hazardous}
    if row.cell is None or row.north is None or row.east is None:
        return
    counts = {"premises": 1, "hazardous": hazardous, "north": row.north, "east": row.east}
    for level in range(grid.COARSEST, grid.DEEPEST + 1):
        yield Cell(level, grid.above(row.cell, level), county, row.premises_class), counts


def _kept_cells(wanted: Iterable[Cell]) -> dict[Cell, CellCount]:
    by_level: dict[int, set[int]] = defaultdict(set)
    for cell in wanted:
        by_level[cell.level].add(cell.cell)
    rows = (
        row
        for level, cells in by_level.items()
        for row in CellCount.objects.filter(level=level, cell__in=cells)
    )
    return {Cell(row.level, row.cell, row.county, row.premises_class): row for row in rows}


def _doubts(rows: Iterable[Premises]) -> list[Doubtful]:
    outlines = dict(Boundary.objects.values_list("code", "geometry"))
    return [
        Doubtful(place_id=row.id, kind=kind, region=row.region)
        for row in rows
        for kind in doubts(_facts(row), outlines.get(county_of(row.region)))
    ]


def _facts(row: Premises) -> Facts:
    return Facts(
        latitude=row.latitude,
        longitude=row.longitude,
        manager=bool(row.manager_name),
        phone=bool(row.responsible_phone.stored or row.manager_phone.stored),
        credit_code=row.credit_code,
        kind=row.kind,
        missing=bool(row.missing),
    )


def _exchange_doubts(ids: Sequence[UUID], now: Sequence[Doubtful], gone: Iterable[UUID]) -> None:
    """The doubts of some premises anew, twins apart; those of premises that are gone wholly."""
    own = Q(place__in=ids) & ~Q(kind=Doubt.TWIN)
    before = list(Doubtful.objects.filter(own | Q(place__in=gone)))
    _replace(before, now)


def _mark_twins(keys: set[str]) -> None:
    alike: dict[str, list[Place]] = defaultdict(list)
    for row in Place.objects.filter(twin__in=keys):
        alike[row.twin].append(row)
    ids = [row.pk for rows in alike.values() for row in rows]
    before = list(Doubtful.objects.filter(place__in=ids, kind=Doubt.TWIN))
    now = [
        Doubtful(place_id=row.pk, kind=Doubt.TWIN, region=row.region)
        for rows in alike.values()
        if len(rows) > 1
        for row in rows
    ]
    _replace(before, now)


def _replace(before: Sequence[Doubtful], now: Sequence[Doubtful]) -> None:
    """Only what differs is written, and counted."""
    was = {(row.place_id, row.kind, row.region): row for row in before}
    wanted: dict[Any, Doubtful] = {(row.place_id, row.kind, row.region): row for row in now}
    ended = [row for key, row in was.items() if key not in wanted]
    begun = [row for key, row in wanted.items() if key not in was]
    Doubtful.objects.filter(pk__in=[row.pk for row in ended]).delete()
    Doubtful.objects.bulk_create(begun)
    deltas = Counter((row.kind, county_of(row.region)) for row in begun)
    deltas.subtract((row.kind, county_of(row.region)) for row in ended)
    _add_to_counts(deltas)


def _add_to_counts(deltas: Mapping[tuple[str, str], int]) -> None:
    for (kind, county), delta in deltas.items():
        if delta:
            row, _made = DoubtCount.objects.get_or_create(kind=kind, county=county)
            row.premises += delta
            row.save(update_fields=("premises",))
