"""A township with grids, two workers and households, moved by the actions alone."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from fengsui.platform.accounts.models import Post
from fengsui.platform.accounts.queries import who_of
from fengsui.platform.actions import perform
from fengsui.platform.ledger.verify import verify
from fengsui.platform.who import PostKind, Who
from fengsui.registry.grids.actions import assign_worker, open_grid, register_household
from fengsui.registry.grids.actions.assignments import NewAssignment
from fengsui.registry.grids.actions.forms import Registration
from fengsui.registry.grids.actions.grids import NewGrid
from fengsui.registry.grids.models import Grid, Household
from tests import make

VILLAGE = "150502001001"
NEXT_VILLAGE = "150502001002"
AGREED: dict[str, Any] = {"told": True, "giver": "self", "manner": "written"}
WHOLLY = {**AGREED, "health": True, "contact": True}
FACTS: dict[str, Any] = {
    "name": "乌日图那顺",
    "phone": "13847598761",
    "address": "明仁小区 7 号楼 3 单元 502",
    "point": "43.652313 122.243257",
    "condition": "腿脚不便，需要拐杖",
    "notes": "钥匙在对门邻居处",
    "contact_name": "青格勒图雅",
    "contact_phone": "15804751234",
}


def days(n: int) -> datetime:
    """Noon, some days after the first."""
    return make.NOON + timedelta(days=n)


class Township:
    """An officer, a township of two villages, and grid workers of that township."""

    def __init__(self) -> None:
        make.region()
        make.region(VILLAGE, name="明仁社区", level=5, parent="150502001000")
        make.region(NEXT_VILLAGE, name="建国社区", level=5, parent="150502001000")
        self.officer = make.who()
        self.office = make.organisation(kind="township", region="150502001000", name="科尔沁街道")

    def worker(self, name: str = "包格网") -> Post:
        user = make.user(name=name)
        post: Post = make.post(PostKind.GRID_WORKER, organisation=self.office, user=user)
        return post

    def grid(self, number: str = "01", at: datetime = make.NOON, **said: Any) -> Grid:
        form = NewGrid(
            **({"region": VILLAGE, "number": number, "name": f"明仁{number}网格"} | said)
        )
        done = perform(open_grid, None, call(self.officer, at), form)
        return Grid.objects.get(id=done.made)

    def assign(self, grid: Grid, post: Post, at: datetime = make.NOON) -> UUID:
        form = NewAssignment(grid=grid.id, post=post.id)
        return perform(assign_worker, None, call(self.officer, at), form).made

    def household(
        self, grid: Grid, by: Who | None = None, at: datetime = make.NOON, **said: Any
    ) -> Household:
        form = Registration(**({"grid": grid.id, "kinds": ("独居老人",)} | said))
        done = perform(register_household, None, call(by or self.officer, at), form)
        return Household.objects.get(id=done.made)


def call(who: Who, at: datetime = make.NOON, **over: Any) -> Any:
    return make.call(who, at=at, received_at=at, **over)


def acting(post: Post) -> Who:
    return who_of(Post.objects.select_related("user", "organisation").get(id=post.id))


def ledger_faults() -> list[str]:
    """What the ledger finds wrong with the rows of this package."""
    return [said for said in verify().wrong if "grids." in said]
