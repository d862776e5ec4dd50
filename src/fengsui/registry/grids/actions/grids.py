"""A grid is opened inside a village and may be called otherwise later."""

from typing import Annotated

from pydantic import Field

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import CREATE, action
from fengsui.platform.calls import Call, Form, Outcome
from fengsui.platform.questions import Offers
from fengsui.platform.records import RecordType, Shown, record_type
from fengsui.platform.rules import local_day
from fengsui.platform.who import OFFICERS, REGISTRARS, PostKind, Who
from fengsui.registry.grids import details, offers
from fengsui.registry.grids.access import grids_for
from fengsui.registry.grids.finding import GRIDS_FOUND_BY
from fengsui.registry.grids.lifecycle import GRID, GridState
from fengsui.registry.grids.models import Grid, Naming
from fengsui.registry.grids.queries import check_number_free, village
from fengsui.registry.queries import known_region

GRIDS = record_type(
    RecordType(
        name="grid",
        plural="grids",
        title="网格",
        model=Grid,
        lifecycle=GRID,
        visible=grids_for,
        label=str,
        listed=("name", "number", "place", "opened_on"),
        more=details.of_grid,
        found_by=GRIDS_FOUND_BY,
        shown=(
            Shown("name", "网格名称"),
            Shown("number", "网格编号"),
            Shown("place", "所在村、社区"),
            Shown("region", "区划代码"),
            Shown("opened_on", "设立日期"),
            Shown("retired_on", "停用日期"),
        ),
        readers=OFFICERS | {PostKind.GRID_WORKER},
    )
)
# 乡镇、街道指导、支持和帮助村民委员会、居民委员会开展群众性的消防工作。
SOURCE = "消防法 §32"

Number = Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[0-9A-Za-z-]+$")]
Name = Annotated[str, Field(min_length=2, max_length=60)]


class NewGrid(Form):
    region: Annotated[str, Offers(offers.places)] = Field(
        title="所在村、社区", pattern=r"^[0-9]{12}$"
    )
    number: Number = Field(title="网格编号")
    name: Name = Field(title="网格名称")


class Renaming(Form):
    number: Number = Field(title="网格编号")
    name: Name = Field(title="网格名称")


class Why(Form):
    reason: str = Field(title="原因", min_length=2, max_length=200)


def is_in_use(grid: Grid, who: Who) -> None:
    """Refuses `grid-retired`."""
    if grid.state != GridState.IN_USE:
        raise Refusal("grid-retired", grid=str(grid))


def called(grid: Grid) -> dict[str, object]:
    """What a grid is called now."""
    return {"number": grid.number, "name": grid.name}


@action(GRIDS, CREATE, "设立网格", posts=REGISTRARS, source=SOURCE)
def open_grid(_: None, call: Call, form: NewGrid) -> Outcome:
    """A grid in a village or community.

    Refuses `unknown-region`, `region-elsewhere`, `not-a-village`, `grid-number-taken`.
    """
    return _opened(call, form)


@action(
    GRIDS, CREATE, "批量设立网格", posts=(*REGISTRARS, PostKind.CLOCK), source=SOURCE, inner=True
)
def enter_grid(_: None, call: Call, form: NewGrid) -> Outcome:
    """One row of a table. Refuses what `open_grid` refuses."""
    return _opened(call, form)


def _opened(call: Call, form: NewGrid) -> Outcome:
    known_region(form.region, call.who)
    place = village(form.region)
    check_number_free(form.region, form.number)
    today = local_day(call.at)
    grid = Grid(**form.model_dump(), place=place, opened_on=today)
    naming = Naming(grid=grid, number=form.number, name=form.name, since_on=today)
    return Outcome(new=grid, facts=[naming])


@action(GRIDS, None, "更名", posts=REGISTRARS, source=SOURCE, guard=is_in_use, starts=called)
def rename_grid(grid: Grid, call: Call, form: Renaming) -> Outcome:
    """From now on it is called so; what it was called before stays known. Refuses `grid-number-taken`."""
    return _renamed(grid, call, form)


@action(
    GRIDS,
    None,
    "批量更名",
    posts=(*REGISTRARS, PostKind.CLOCK),
    source=SOURCE,
    guard=is_in_use,
    inner=True,
)
def correct_grid(grid: Grid, call: Call, form: Renaming) -> Outcome:
    """A row of a table that calls a grid otherwise."""
    return _renamed(grid, call, form)


def _renamed(grid: Grid, call: Call, form: Renaming) -> Outcome:
    check_number_free(grid.region, form.number, but=grid.id)
    naming = Naming(grid=grid, since_on=local_day(call.at), **form.model_dump())
    return Outcome(changes=form.model_dump(), facts=[naming])
