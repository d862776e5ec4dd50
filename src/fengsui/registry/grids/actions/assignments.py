"""Who walks a grid: the post of a grid worker, from a day until a day."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import CREATE, action, perform_many
from fengsui.platform.calls import Call, Form, Outcome
from fengsui.platform.questions import Offers
from fengsui.platform.records import RecordType, Shown, record_type
from fengsui.platform.rules import local_day
from fengsui.platform.who import OFFICERS, REGISTRARS, PostKind
from fengsui.registry.grids import offers
from fengsui.registry.grids.access import assignments_for
from fengsui.registry.grids.actions.grids import GRIDS, SOURCE, Why, is_in_use
from fengsui.registry.grids.lifecycle import ASSIGNMENT, AssignmentMove
from fengsui.registry.grids.models import Assignment, Grid
from fengsui.registry.grids.queries import grid_in_use, serving, walks, workers_reaching

ASSIGNMENTS = record_type(
    RecordType(
        name="grid_assignment",
        plural="grid-assignments",
        title="网格员指派",
        model=Assignment,
        lifecycle=ASSIGNMENT,
        visible=assignments_for,
        label=str,
        listed=("post", "grid", "from_on", "until_on"),
        shown=(
            Shown("post", "网格员"),
            Shown("grid", "网格"),
            Shown("from_on", "起"),
            Shown("until_on", "止"),
        ),
        related=("grid", "post__user", "post__organisation"),
        named_by=("grid", "post__user"),
        readers=OFFICERS | {PostKind.GRID_WORKER},
    )
)


class NewAssignment(Form):
    grid: Annotated[UUID, Offers(offers.grid)] = Field(title="网格")
    post: Annotated[UUID, Offers(offers.workers)] = Field(title="网格员")


@action(
    ASSIGNMENTS,
    CREATE,
    "指派网格员",
    posts=REGISTRARS,
    source=SOURCE,
    guard=is_in_use,  # type: ignore[arg-type]  # of the grid it begins from
    begins=(GRIDS, "grid"),
)
def assign_worker(_: None, call: Call, form: NewAssignment) -> Outcome:
    """From today a grid worker walks a grid that lies in the region of his post.

    Refuses `grid-unknown`, `grid-retired`, `worker-unknown`, `worker-there-already`.
    """
    grid = grid_in_use(call.who, form.grid)
    post = workers_reaching(grid.region).filter(id=form.post).first()
    if post is None:
        raise Refusal("worker-unknown")
    if walks(grid, post):
        raise Refusal("worker-there-already", worker=post.user.name)
    return Outcome(new=Assignment(grid=grid, post=post, from_on=local_day(call.at)))


@action(
    ASSIGNMENTS,
    AssignmentMove.END,
    "结束指派",
    posts=(*REGISTRARS, PostKind.CLOCK),
    source=SOURCE,
)
def end_assignment(assignment: Assignment, call: Call, form: Why) -> Outcome:
    """From now on the grid's households are no longer before his eyes."""
    return Outcome(changes={"until_on": local_day(call.at)}, result={"reason": form.reason})


def release(grid: Grid, call: Call, reason: str) -> list[UUID]:
    """Nobody walks a grid any more; the posts that did."""
    there = serving(grid)
    if there:
        rows = [(row.id, Why(reason=reason)) for row in there]
        perform_many(end_assignment, rows, call.child())
    return [row.post_id for row in there]


def take_over(posts: list[UUID], grids: list[Grid], call: Call) -> None:
    """Whoever walked the grids that went walks those that came: no household is left unseen."""
    rows = [
        (None, NewAssignment(grid=grid.id, post=post_id))
        for grid in grids
        for post_id in workers_reaching(grid.region)
        .filter(id__in=posts)
        .order_by("id")
        .values_list("id", flat=True)
    ]
    if rows:
        perform_many(assign_worker, rows, call.child())
