"""Named reads of the map and of the quality page; each is as quick at a million as at a thousand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from fengsui.insight.ground import grid
from fengsui.insight.ground.access import (
    cells_for,
    counted_for,
    doubt_counts_for,
    doubtful_for,
    places_for,
)
from fengsui.insight.ground.models import CellCount, Place
from fengsui.insight.ground.rules import Doubt, middle
from fengsui.platform import rules
from fengsui.platform.regions.models import Boundary
from fengsui.platform.regions.queries import names
from fengsui.platform.who import Who

MOST_POINTS = 500
PAGE_SIZE = 50
CAP = 1_000
_MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class Wish:
    """The list's filters, on the map."""

    premises_class: str = ""
    hazardous: bool = False


@dataclass(slots=True)
class Cluster:
    """The premises of one cell, standing where they are on average."""

    cell: int
    level: int
    count: int = 0
    hazardous: int = 0
    north: int = 0
    east: int = 0
    located: int = 0
    county: str = ""
    _most: int = 0

    def add(self, row: CellCount, wish: Wish) -> None:
        if row.premises > self._most:  # named after the county that has the most there
            self.county, self._most = row.county, row.premises
        self.count += row.hazardous if wish.hazardous else row.premises
        self.hazardous += row.hazardous
        self.located += row.premises
        self.north += row.north
        self.east += row.east

    @property
    def latitude(self) -> float:
        return round(self.north / self.located / _MICRO, 6)

    @property
    def longitude(self) -> float:
        return round(self.east / self.located / _MICRO, 6)


@dataclass(frozen=True, slots=True)
class View:
    """What lies in a box: points when they are few, else clusters. `more`: points were left out."""

    clusters: Sequence[Cluster]
    points: Sequence[Place]
    total: int
    more: bool = False


def view(who: Who, box: grid.Box, zoom: int, wish: Wish) -> View:
    """Two queries, at most some 500 rows each, whatever the register holds."""
    if not counted_for(who):
        return _points_only(who, box, wish)
    level = grid.level_for(box, zoom)
    found = _clusters(who, box, level, wish)
    total = sum(cluster.count for cluster in found)
    if total > MOST_POINTS:
        return View(found, [], total)
    points = list(_points(who, grid.cells(box, level), level, wish)[:MOST_POINTS])
    return View([], points, len(points))


def _points_only(who: Who, box: grid.Box, wish: Wish) -> View:
    """For a manager, or an officer of a township: the places themselves."""
    level = grid.level_for(box, grid.COARSEST)
    found = list(_points(who, grid.cells(box, level), level, wish)[: MOST_POINTS + 1])
    return View([], found[:MOST_POINTS], min(len(found), MOST_POINTS), len(found) > MOST_POINTS)


def _clusters(who: Who, box: grid.Box, level: int, wish: Wish) -> list[Cluster]:
    rows = cells_for(who).filter(level=level, cell__in=grid.cells(box, level))
    if wish.premises_class:
        rows = rows.filter(premises_class=wish.premises_class)
    found: dict[int, Cluster] = {}
    for row in rows:
        found.setdefault(row.cell, Cluster(row.cell, level)).add(row, wish)
    return sorted(
        (cluster for cluster in found.values() if cluster.count),
        key=lambda cluster: (-cluster.count, cluster.cell),
    )


def _points(who: Who, cells: Iterable[int], level: int, wish: Wish) -> QuerySet[Place]:
    ranges = [grid.inside(cell, level) for cell in cells]
    lies = reduce(or_, (Q(cell__gte=first, cell__lt=beyond) for first, beyond in _joined(ranges)))
    rows = places_for(who).filter(lies).select_related("premises")
    if wish.premises_class:
        rows = rows.filter(premises_class=wish.premises_class)
    if wish.hazardous:
        rows = rows.filter(open_hazards__gt=0)
    return rows.order_by("pk")


def _joined(ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges that touch become one: fewer to ask for."""
    joined: list[tuple[int, int]] = []
    for first, beyond in sorted(ranges):
        if joined and joined[-1][1] == first:
            joined[-1] = (joined[-1][0], beyond)
        else:
            joined.append((first, beyond))
    return joined


@dataclass(frozen=True, slots=True)
class Label:
    """A county's name and where to write it: (longitude, latitude)."""

    code: str
    name: str
    at: tuple[float, float]
    outlined: bool


def labels(who: Who, outlines: Sequence[Boundary]) -> list[Label]:
    """One for each outline, and for each county without one where its premises are on average."""
    at = {row.code: middle(row.geometry) for row in outlines}
    rows = cells_for(who).filter(level=grid.COARSEST).exclude(county__in=at)
    sums = rows.values("county").annotate(n=Sum("premises"), up=Sum("north"), right=Sum("east"))
    points = {
        row["county"]: (row["right"] / row["n"] / _MICRO, row["up"] / row["n"] / _MICRO)
        for row in sums
    }
    called = names({*at, *points})
    return [
        Label(code, called.get(code, code), place, code in at)
        for code, place in sorted({**at, **points}.items())
    ]


@dataclass(frozen=True, slots=True)
class CountyLine:
    """A county in the table beside the map."""

    county: str
    premises: int
    hazardous: int
    placed: int


def counties(who: Who, wish: Wish) -> list[CountyLine]:
    """How many premises each county has, and how many of them stand on the map."""
    rows = cells_for(who).filter(level__in=(0, grid.COARSEST))
    if wish.premises_class:
        rows = rows.filter(premises_class=wish.premises_class)
    summed = rows.values("county", "level").annotate(n=Sum("premises"), bad=Sum("hazardous"))
    whole: dict[str, tuple[int, int]] = {}
    placed: dict[str, int] = {}
    for row in summed:
        if row["level"]:
            placed[row["county"]] = row["bad"] if wish.hazardous else row["n"]
        else:
            whole[row["county"]] = (row["n"], row["bad"])
    return [
        CountyLine(county, n, bad, placed.get(county, 0))
        for county, (n, bad) in sorted(whole.items())
    ]


def stale_before(now: datetime) -> datetime:
    """What was neither amended nor visited since then is stale (rule REGISTER-STALE)."""
    return now - timedelta(days=rules.number("REGISTER-STALE", rules.local_day(now)))


def doubt_counts(who: Who, now: datetime) -> dict[Doubt, int]:
    """Premises by doubt: kept counts, the stale ones counted no further than `CAP`."""
    if counted_for(who):
        summed = doubt_counts_for(who).values("kind").annotate(n=Sum("premises"))
        found = {Doubt(row["kind"]): int(row["n"]) for row in summed}
    else:
        kept = [kind for kind in Doubt if kind is not Doubt.STALE]
        found = {kind: len(doubtful_for(who).filter(kind=kind)[:CAP]) for kind in kept}
    found[Doubt.STALE] = len(_stale(who, now).order_by()[:CAP].values_list("pk"))
    return found


def doubtful(who: Who, kind: Doubt, now: datetime, after: str = "") -> list[Place]:
    """A page of the premises with one doubt, township by township (the stale: oldest first)."""
    if kind is Doubt.STALE:
        return _stale_page(who, now, after)
    rows = doubtful_for(who).filter(kind=kind)
    last = _place_of(who, after)
    if last:
        rows = rows.filter(Q(region__gt=last.region) | Q(region=last.region, place__gt=last.pk))
    page = rows.order_by("region", "place").select_related("place__premises")[:PAGE_SIZE]
    return [row.place for row in page]


def _stale(who: Who, now: datetime) -> QuerySet[Place]:
    return places_for(who).filter(seen_at__lt=stale_before(now))


def _stale_page(who: Who, now: datetime, after: str) -> list[Place]:
    rows, last = _stale(who, now), _place_of(who, after)
    if last:
        rows = rows.filter(Q(seen_at__gt=last.seen_at) | Q(seen_at=last.seen_at, pk__gt=last.pk))
    return list(rows.order_by("seen_at", "pk").select_related("premises")[:PAGE_SIZE])


def _place_of(who: Who, text: str) -> Place | None:
    try:
        wanted = UUID(text)
    except ValueError:
        return None
    return places_for(who).filter(pk=wanted).first()
