"""A brigade at work: somebody in each kind of post, in the right place and in the wrong one."""

from dataclasses import replace
from typing import Any

from fengsui.platform.accounts.models import Post
from fengsui.platform.who import CLOCK, PEOPLE, PUBLIC, PostKind, Who
from fengsui.registry.access import carrying
from fengsui.registry.grids.models import Grid
from tests import make

ELSEWHERE = "150523000000"
VILLAGE = "150502001001"
# Where a post of each kind sits; the region is what it reaches.
SEATS = {
    PostKind.DETACHMENT_LEADER: ("detachment", "150500000000"),
    PostKind.GRID_WORKER: ("township", "150502001000"),
    PostKind.PREMISES_MANAGER: ("unit", "150502001000"),
    PostKind.SYSTEM_ADMIN: ("operator", "150500000000"),
    PostKind.SECURITY_ADMIN: ("operator", "150500000000"),
    PostKind.AUDIT_ADMIN: ("operator", "150500000000"),
}
DEVICE = Who(kind=PostKind.DEVICE, name="独立式感烟探测器", device="TL-000001")


class Stage(make.Team):
    """The brigade of `make.Team` with somebody in each kind of post."""

    def __init__(self) -> None:
        super().__init__()
        make.region()
        make.region(VILLAGE, name="明仁社区", level=5, parent="150502001000")
        self.third = make.who(organisation=self.brigade)
        self.deputy = make.user(username="deputy")
        make.post(user=self.deputy, organisation=self.brigade)
        self.known: dict[str, Who] = {
            PostKind.SUPERVISOR: self.lead,
            PostKind.BRIGADE_HEAD: self.head,
            PostKind.PREMISES_MANAGER: self.manager,
            PostKind.PUBLIC: PUBLIC,
            PostKind.DEVICE: DEVICE,
            PostKind.CLOCK: CLOCK,
        }

    def who(self, kind: PostKind) -> Who:
        """Somebody in a post of `kind`, in the right place."""
        if kind not in self.known:
            seat = SEATS.get(kind)
            place = make.organisation(kind=seat[0], region=seat[1]) if seat else self.brigade
            self.known[kind] = make.who(kind, organisation=place)
        return self.known[kind]

    def stranger(self, kind: PostKind) -> Who:
        """Somebody in the same kind of post in another county, or another unit."""
        seat = SEATS.get(kind, ("brigade", ""))[0]
        return make.who(kind, organisation=make.organisation(kind=seat, region=ELSEWHERE))

    def neighbour(self, kind: PostKind) -> Who:
        """Somebody in the same kind of post in the same county, but of another organisation."""
        return make.who(kind, organisation=make.organisation(region=self.brigade.region))

    def grid(self, number: str = "01", *, assigned: bool = True, **over: Any) -> Grid:
        """A grid of the village, walked by the grid worker of the right place."""
        found: Grid = make.grid(number=number, **over)
        if assigned:
            worker = self.who(PostKind.GRID_WORKER)
            make.assignment(found, Post.objects.get(id__in=[worker.post_id]))
        return found

    def right(self, kind: PostKind, only: str, record: Any) -> Who:
        """Who of this kind of post satisfies what a guard asks."""
        officer = {"主检人员": self.lead, "第二人": self.second, "两名检查人员": self.lead}.get(
            only
        )
        if officer is not None and kind in (PostKind.SUPERVISOR, PostKind.BRIGADE_HEAD):
            return replace(officer, kind=kind)
        if only == "本人" and kind in PEOPLE:
            return replace(self.who(kind), post_id=record.id, user_id=record.user_id)
        if only == "持有人" and kind in PEOPLE:
            return replace(self.who(kind), **owned(record))
        if only == "持凭据者" and kind == PostKind.PUBLIC:
            return replace(PUBLIC, device=str(record.id), user_id=record.user_id)
        if only == "持认领码者" and kind in (PostKind.PREMISES_MANAGER, PostKind.PUBLIC):
            return carrying(self.who(kind), record)
        return self.who(kind)

    def wrong(self, kind: PostKind, only: str) -> Who:
        """Who of this kind of post, in the right region, does not satisfy what a guard asks."""
        if only == "本大队":
            return self.neighbour(kind)
        if only == "持凭据者":
            return PUBLIC
        if only == "持认领码者":
            return self.manager
        if only == "主检人员":
            return self.second
        return self.lead if only == "第二人" else self.third


def owned(record: Any) -> dict[str, Any]:
    """By which of post and person a record knows its holder."""
    return {name: getattr(record, name) for name in ("post_id", "user_id") if hasattr(record, name)}
