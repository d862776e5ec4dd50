"""Named reads of grids, who walks them, and households."""

import contextlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules as house
from fengsui.platform.accounts.lifecycle import PostState
from fengsui.platform.accounts.models import Post
from fengsui.platform.fields import Sealed, keyed_hash
from fengsui.platform.regions.models import way_to
from fengsui.platform.regions.queries import ancestors
from fengsui.platform.search.queries import narrowed
from fengsui.platform.who import PostKind, Who
from fengsui.registry.grids.access import grids_for, households_for
from fengsui.registry.grids.lifecycle import AssignmentState, GridState, HouseholdState
from fengsui.registry.grids.models import (
    Assignment,
    Consent,
    Grid,
    Household,
    Lineage,
    Naming,
    Placement,
)
from fengsui.registry.grids.rules import Line, Span, dialled, standing

KINDS_RULE = "HOUSEHOLD-KINDS"
SHOWN = 50
_VILLAGE_LEVEL = 5
_TOWNSHIP_DIGITS = 9
_OFFERED = 400


def village(code: str) -> str:
    """What a village-level division is called, with its township. Refuses `not-a-village`."""
    way = ancestors(code)
    if not way or way[-1].level != _VILLAGE_LEVEL:
        raise Refusal("not-a-village", region=code)
    return " ".join(region.name for region in way[-2:])


def check_number_free(region: str, number: str, but: UUID | None = None) -> None:
    """Refuses `grid-number-taken`: two grids in use of one village never share a number."""
    same = Grid.objects.filter(region=region, number=number, state=GridState.IN_USE)
    if same.exclude(id__in=[but] if but else []).exists():
        raise Refusal("grid-number-taken", number=number)


def grid_in_use(who: Who, grid_id: UUID) -> Grid:
    """A grid in reach that stands, held until the end of the transaction.

    Whoever puts something into a grid and whoever ends it must not pass each other by: neither would
    see what the other writes. Refuses `grid-unknown`, `grid-retired`.
    """
    grid = grids_for(who).filter(id=grid_id).select_for_update().first()
    if grid is None:
        raise Refusal("grid-unknown")
    if grid.state != GridState.IN_USE:
        raise Refusal("grid-retired", grid=str(grid))
    return grid


def grids_at(who: Who, regions: Iterable[str]) -> dict[str, Grid]:
    """The grids in use of these villages, as far as `who` sees them, by village and number."""
    found = grids_for(who).filter(region__in=set(regions), state=GridState.IN_USE)
    return {f"{grid.region} {grid.number}": grid for grid in found}


def grids_retired(who: Who, regions: Iterable[str]) -> dict[tuple[str, str, str], Grid]:
    """The grids of these villages that no longer stand, by village, number and name."""
    found = grids_for(who).filter(region__in=set(regions), state=GridState.RETIRED)
    return {(grid.region, grid.number, grid.name): grid for grid in found}


def hold(grids: Iterable[Grid]) -> None:
    """Nobody puts anything into these grids until the end of the transaction; always in one order."""
    ids = [grid.id for grid in grids]
    list(Grid.objects.filter(id__in=ids).order_by("id").select_for_update().values("id"))


def grids_offered(who: Who, region: str = "", but: UUID | None = None) -> list[Grid]:
    """Grids in use to choose from, perhaps those around a village (its township)."""
    found = grids_for(who).filter(state=GridState.IN_USE)
    found = found.exclude(id__in=[but] if but else [])
    if region:
        found = found.filter(region__startswith=region[:_TOWNSHIP_DIGITS])
    return list(found.order_by("region", "number")[:_OFFERED])


def neighbours(who: Who, grid: Grid) -> list[Grid]:
    """The other grids in use of the same village."""
    found = grids_for(who).filter(region=grid.region, state=GridState.IN_USE)
    return list(found.exclude(id=grid.id).order_by("number"))


@dataclass(frozen=True, slots=True)
class GridOn:
    """A grid as it was called on a day."""

    id: UUID
    number: str
    name: str


def grid_on(grid: Grid, on: date) -> list[GridOn]:
    """Which grid this was on a day: itself, what it came from, or what became of it."""
    rows = list(Lineage.objects.filter(old__region=grid.region).select_related("old", "new"))
    spans: dict[UUID, Span] = {grid.id: grid.span}
    for row in rows:
        spans |= {row.old_id: row.old.span, row.new_id: row.new.span}
    return _called(standing(grid.id, on, spans, [Line(row.old_id, row.new_id) for row in rows]), on)


def grids_on(who: Who, region: str, on: date) -> list[GridOn]:
    """The grids of a village as they stood on a day."""
    found = grids_for(who).filter(region=region, opened_on__lte=on)
    stood = found.filter(Q(retired_on=None) | Q(retired_on__gt=on))
    return _called(set(stood.values_list("id", flat=True)), on)


def _called(ids: set[UUID], on: date) -> list[GridOn]:
    rows = Naming.objects.filter(grid__in=ids, since_on__lte=on).order_by("since_on", "id")
    last = {row.grid_id: GridOn(row.grid_id, row.number, row.name) for row in rows}
    return sorted(last.values(), key=lambda found: found.number)


def household_grid_on(household: Household, on: date) -> list[GridOn]:
    """To which grid a household belonged on a day; nothing before it was registered."""
    row = Placement.objects.filter(household=household, since_on__lte=on)
    last = row.order_by("-since_on", "-id").first()
    return _called({last.grid_id}, on) if last else []


def successions(grid: Grid) -> tuple[list[Lineage], list[Lineage]]:
    """Out of which grids it came, and which came out of it."""
    origins = Lineage.objects.filter(new=grid).select_related("old").order_by("old__number")
    following = Lineage.objects.filter(old=grid).select_related("new").order_by("new__number")
    return list(origins), list(following)


def namings_of(grid: Grid) -> list[Naming]:
    return list(Naming.objects.filter(grid=grid).order_by("-since_on", "-id"))


def assignments_of(grid: Grid) -> list[Assignment]:
    """Who walks and walked a grid, the present ones first."""
    found = Assignment.objects.filter(grid=grid).select_related("post__user", "post__organisation")
    return sorted(found.order_by("-id"), key=lambda row: row.state != AssignmentState.SERVING)


def serving(grid: Grid) -> list[Assignment]:
    """Who walks a grid now."""
    found = Assignment.objects.filter(grid=grid, state=AssignmentState.SERVING)
    return list(found.select_related("post").order_by("id"))


def serving_by(post_id: UUID) -> list[Assignment]:
    """Where a post walks now."""
    found = Assignment.objects.filter(post=post_id, state=AssignmentState.SERVING)
    return list(found.order_by("id"))


def workers_reaching(region: str) -> QuerySet[Post]:
    """Living posts of grid workers whose region holds this village."""
    found = Post.objects.filter(kind=PostKind.GRID_WORKER, region__in=way_to(region))
    return found.exclude(state=PostState.ENDED).select_related("user", "organisation")


def workers_offered(grid: Grid) -> list[Post]:
    """Grid workers who may walk a grid and do not yet."""
    there = Assignment.objects.filter(grid=grid, state=AssignmentState.SERVING).values("post")
    return list(workers_reaching(grid.region).exclude(id__in=there).order_by("user__name", "id"))


def walks(grid: Grid, post: Post) -> bool:
    """Does a post walk a grid now?"""
    return Assignment.objects.filter(grid=grid, post=post, state=AssignmentState.SERVING).exists()


def active_in(grid: Grid) -> list[Household]:
    """The households in care of a grid, in the order they were registered."""
    found = Household.objects.filter(grid=grid, state=HouseholdState.ACTIVE)
    return list(found.order_by("id"))


@dataclass(frozen=True, slots=True)
class Households:
    """The households of some grids, to be compared and not to be read.

    `named` are found by what a table says of their name, phone and address; of those who said
    nothing, `unnamed` counts how many there are in a grid of which kinds; `numbered` are those whose
    id a table gives, whatever became of them.
    """

    named: Mapping[tuple[UUID, Sealed, Sealed, Sealed], Household]
    unnamed: Mapping[tuple[UUID, tuple[str, ...]], int]
    phones: frozenset[str]
    numbered: Mapping[str, Household]

    def named_as(self, grid: Grid, said: Mapping[str, str]) -> Household | None:
        name, phone, address = (Sealed.of(said.get(field, "")) for field in _KNOWN_BY)
        return self.named.get((grid.id, name, phone, address))

    def count(self, grid: Grid, of: Iterable[str]) -> int:
        return self.unnamed.get((grid.id, tuple(sorted(of))), 0)

    def phoned(self, phone: str) -> bool:
        """Does this phone stand under any household?"""
        return keyed_hash(dialled(phone)) in self.phones


_KNOWN_BY = ("name", "phone", "address")


def households_of(
    who: Who, grids: Iterable[Grid], phones: Iterable[str], numbers: Iterable[str]
) -> Households:
    """What the rows of a table are compared with. Nothing of it is shown to anybody."""
    found = Household.objects.filter(
        grid__in=[grid.id for grid in grids], state=HouseholdState.ACTIVE
    )
    named: dict[tuple[UUID, Sealed, Sealed, Sealed], Household] = {}
    unnamed: Counter[tuple[UUID, tuple[str, ...]]] = Counter()
    for one in found.order_by("id"):
        if one.held:
            named.setdefault((one.grid_id, one.name, one.phone, one.address), one)
        else:
            unnamed[one.grid_id, tuple(sorted(one.kinds))] += 1
    hashes = {keyed_hash(dialled(phone)) for phone in phones if phone}
    known = Household.objects.filter(phone_hash__in=hashes).values_list("phone_hash", flat=True)
    return Households(named, unnamed, frozenset(known), _numbered(who, numbers))


def _numbered(who: Who, numbers: Iterable[str]) -> dict[str, Household]:
    """Households by the id that an export gave, as far as `who` reaches their grids."""
    ids = set[UUID]()
    for number in numbers:
        with contextlib.suppress(ValueError):
            ids.add(UUID(number))
    found = Household.objects.filter(id__in=ids, grid__in=grids_for(who).values("id"))
    return {str(one.id): one for one in found.select_related("grid")}


def households_in(who: Who, grid: Grid) -> tuple[list[Household], int]:
    """The first households of a grid that are in care, and how many there are."""
    found = households_for(who).filter(grid=grid, state=HouseholdState.ACTIVE)
    return list(found.order_by("id")[:SHOWN]), found.count()


def households_named(who: Who, words: str) -> QuerySet[Household]:
    """Those whose grid the words find; by what is sealed nobody is found here."""
    return households_for(who).filter(grid__in=narrowed(grids_for(who), who, words).values("id"))


def households_by_phone(who: Who, phone: str) -> list[Household]:
    """Those in reach with exactly this phone, found by its keyed hash."""
    hashed = keyed_hash(dialled(phone))
    found = households_for(who).filter(phone_hash=hashed) if hashed else Household.objects.none()
    return list(found.select_related("grid").order_by("-id")[:SHOWN])


def consents_of(household: Household) -> list[Consent]:
    """What was agreed and withdrawn, newest first."""
    return list(Consent.objects.filter(household=household).order_by("-at", "-id"))


def placements_of(household: Household) -> list[Placement]:
    """To which grids a household belonged, newest first."""
    found = Placement.objects.filter(household=household).select_related("grid")
    return list(found.order_by("-since_on", "-id"))


def kinds(on: date) -> Sequence[str]:
    """The kinds of household at risk in force on a day."""
    return house.words(KINDS_RULE, on)


def households_listed(who: Who) -> QuerySet[Household]:
    return households_for(who).select_related("grid")


def grids_listed(who: Who) -> QuerySet[Grid]:
    return grids_for(who)
