"""A grid ends: split into several, merged with its neighbours, or for good. Its households go along.

What became of what is kept as facts, so that the grid of any past day can be told.
"""

from typing import Annotated, cast
from uuid import UUID

from pydantic import Field

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import action, perform, perform_many
from fengsui.platform.calls import Call, Form, Outcome
from fengsui.platform.questions import Offers
from fengsui.platform.rules import local_day
from fengsui.platform.who import REGISTRARS
from fengsui.registry.grids import offers
from fengsui.registry.grids.actions.assignments import release, take_over
from fengsui.registry.grids.actions.forms import GoAlong
from fengsui.registry.grids.actions.grids import (
    GRIDS,
    SOURCE,
    Name,
    NewGrid,
    Number,
    Why,
    open_grid,
)
from fengsui.registry.grids.actions.households import go_along
from fengsui.registry.grids.lifecycle import Change, GridMove
from fengsui.registry.grids.models import Grid, Household, Lineage
from fengsui.registry.grids.queries import active_in, grid_in_use, hold, neighbours


class Split(Form):
    """Number → name of each new grid, and for every household the number of the one it goes to."""

    parts: dict[Number, Name] = Field(title="新网格")
    households: dict[UUID, Number] = Field(title="风险户分配", default_factory=dict)
    reason: str = Field(title="原因", min_length=2, max_length=200)


class Merge(Form):
    others: Annotated[tuple[UUID, ...], Offers(offers.neighbours)] = Field(
        title="一并合并的网格", min_length=1
    )
    number: Number = Field(title="合并后的编号")
    name: Name = Field(title="合并后的名称")
    reason: str = Field(title="原因", min_length=2, max_length=200)


class Joined(Form):
    """The grid that another one is merged into."""

    into: UUID = Field(title="并入的网格")
    reason: str = Field(title="原因", min_length=2, max_length=200)


@action(GRIDS, GridMove.RETIRE, "停用网格", posts=REGISTRARS, source=SOURCE)
def retire_grid(grid: Grid, call: Call, form: Why) -> Outcome:
    """Nobody lives in it any more, and nothing follows it. Refuses `grid-not-empty`."""
    hold([grid])
    if left := active_in(grid):
        raise Refusal("grid-not-empty", grid=str(grid), count=len(left))
    release(grid, call, form.reason)
    return Outcome(changes={"retired_on": local_day(call.at)}, result={"reason": form.reason})


@action(GRIDS, GridMove.SPLIT, "拆分网格", posts=REGISTRARS, source=SOURCE)
def split_grid(grid: Grid, call: Call, form: Split) -> Outcome:
    """Several grids in place of one; households go where the form says, workers walk all of them.

    Refuses `parts-too-few`, `part-unknown`, `household-not-here`, `households-unassigned`,
    `grid-number-taken`.
    """
    hold([grid])
    living = active_in(grid)
    _check(form, living)
    made = {number: _open(grid, number, name, call) for number, name in form.parts.items()}
    _along([(one, made[form.households[one.id]]) for one in living], call)
    take_over(release(grid, call, form.reason), list(made.values()), call)
    return _ended(grid, list(made.values()), Change.SPLIT, call, form.reason)


def _check(form: Split, living: list[Household]) -> None:
    if len(form.parts) < 2:
        raise Refusal("parts-too-few")
    for number in form.households.values():
        if number not in form.parts:
            raise Refusal("part-unknown", number=number)
    if form.households.keys() - {household.id for household in living}:
        raise Refusal("household-not-here")
    left = [str(household) for household in living if household.id not in form.households]
    if left:
        raise Refusal("households-unassigned", count=len(left), households=left)


@action(GRIDS, GridMove.MERGE, "合并网格", posts=REGISTRARS, source=SOURCE)
def merge_grids(grid: Grid, call: Call, form: Merge) -> Outcome:
    """One grid in place of several of the same village, with all their households and workers.

    Refuses `grids-apart`, `grid-number-taken`.
    """
    around = {one.id: one for one in neighbours(call.who, grid)}
    if not set(form.others) <= around.keys():
        raise Refusal("grids-apart")
    others = [around[one] for one in dict.fromkeys(form.others)]
    hold([grid, *others])
    into = _open(grid, form.number, form.name, call)
    posts = release(grid, call, form.reason)
    for other in others:
        posts += release(other, call, form.reason)
    _along([(one, into) for gone in (grid, *others) for one in active_in(gone)], call)
    take_over(posts, [into], call)
    for other in others:
        perform(join_grid, other.id, call.child(), Joined(into=into.id, reason=form.reason))
    return _ended(grid, [into], Change.MERGE, call, form.reason)


@action(GRIDS, GridMove.MERGE, "并入网格", posts=REGISTRARS, source=SOURCE, inner=True)
def join_grid(grid: Grid, call: Call, form: Joined) -> Outcome:
    """The part of a merger that concerns each of the other grids."""
    into = grid_in_use(call.who, form.into)
    return _ended(grid, [into], Change.MERGE, call, form.reason)


def _open(grid: Grid, number: str, name: str, call: Call) -> Grid:
    """A new grid in the village of an old one."""
    form = NewGrid(region=grid.region, number=number, name=name)
    done = perform(open_grid, None, call.child(), form)
    return grid_in_use(call.who, done.made)


def _along(moves: list[tuple[Household, Grid]], call: Call) -> None:
    """Households go along in one stroke, under one entry."""
    if moves:
        rows = [(household.id, GoAlong(grid=grid.id)) for household, grid in moves]
        perform_many(
            go_along, cast("list[tuple[Household | UUID | None, Form]]", rows), call.child()
        )


def _ended(grid: Grid, into: list[Grid], change: Change, call: Call, reason: str) -> Outcome:
    today = local_day(call.at)
    lines = [Lineage(old=grid, new=one, change=change, on=today) for one in into]
    return Outcome(
        changes={"retired_on": today},
        facts=lines,
        result={"reason": reason, "into": [one.id for one in into]},
    )
