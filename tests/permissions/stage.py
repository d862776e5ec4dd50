"""A brigade at work, and one record of each type in the state that a test asks for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from fengsui.kernel.ids import new_id
from fengsui.platform.accounts.models import Post
from fengsui.platform.actions import ACTIONS, perform
from fengsui.platform.calendar.models import LoadedYear
from fengsui.platform.documents.models import Document, NumberBlock
from fengsui.platform.records import Record
from fengsui.platform.who import CLOCK, PUBLIC, PostKind, Who
from fengsui.platform.worklist.models import Task
from fengsui.supervision.actions import forms, inspection, reinspection, settlement
from fengsui.supervision.lifecycle import Result
from fengsui.supervision.models import Hazard, Inspection
from tests import make
from tests.supervision import loop

R = TypeVar("R", bound=Record)
ELSEWHERE = "150523000000"
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
        self.third = make.who(organisation=self.brigade)
        self.deputy = make.user(username="deputy")
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

    def right(self, kind: PostKind, only: str, record: Any) -> Who:
        """Who of this kind of post satisfies what a guard asks."""
        officer = {"主检人员": self.lead, "第二人": self.second, "两名检查人员": self.lead}.get(
            only
        )
        if officer is not None and kind in (PostKind.SUPERVISOR, PostKind.BRIGADE_HEAD):
            return replace(officer, kind=kind)
        if only == "本人" and kind in SEATS.keys() | self._officers():
            return replace(self.who(kind), post_id=record.id, user_id=record.user_id)
        return self.who(kind)

    def wrong(self, kind: PostKind, only: str) -> Who:
        """Who of this kind of post, in the right region, does not satisfy what a guard asks."""
        if only == "本大队":
            return self.neighbour(kind)
        if only == "主检人员":
            return self.second
        return self.lead if only == "第二人" else self.third

    def _officers(self) -> set[PostKind]:
        return {
            PostKind.SUPERVISOR,
            PostKind.BRIGADE_HEAD,
            PostKind.LEGAL_OFFICER,
            PostKind.WINDOW_CLERK,
        }


def put(record: R, state: str) -> R:
    """The record as it would be in `state`; how it gets there is the lifecycle's own test."""
    type(record)._base_manager.filter(pk=record.pk).update(state=state)
    record.refresh_from_db()
    return record


def _hazard(stage: Stage, state: str) -> Hazard:
    steps: dict[str, Callable[..., Hazard]] = {"found": loop.found, "ordered": loop.ordered}
    record: Hazard = steps.get(state, loop.served)(stage)
    return put(record, state)


def _asked(stage: Stage, state: str) -> Hazard:
    """A hazard whose premises asked for a longer term."""
    record: Hazard = loop.served(stage)
    asking = settlement.Asking(
        days=10, reason="门锁到货推迟", plan="到货当日更换", measures="专人看护，每两小时巡查"
    )
    perform(settlement.request_extension, record.id, loop.call(stage.manager), asking)
    return put(record, state)


def _inspection(stage: Stage, state: str) -> Inspection:
    return put(_carried_on(stage, loop.planned(stage), state), state)


def _carried_on(stage: Stage, visit: Inspection, state: str) -> Inspection:
    """A visit with all items answered and one finding, concluded if it is to be confirmed."""
    if state == "planned":
        return visit
    call = loop.call
    perform(inspection.arrive, visit.id, call(stage.lead), forms.Place())
    answers = forms.Answers(answers=dict.fromkeys(loop.ITEMS, Result.PASS))
    perform(inspection.record_answers, visit.id, call(stage.lead), answers)
    found = forms.Found(
        code="C04", place="二层东侧疏散通道", text="堆放布草箱", disposal="immediate"
    )
    perform(inspection.add_finding, visit.id, call(stage.lead), found)
    if state == "concluded":
        ended = forms.Conclusion(accompanied_by="刘海燕")
        perform(inspection.conclude, visit.id, call(stage.lead), ended)
    visit.refresh_from_db()
    return visit


def _reinspection(stage: Stage, state: str) -> Inspection:
    form = reinspection.Reinspect(hazard=loop.served(stage).id, second=stage.second_post.id)
    done = perform(reinspection.start_reinspection, None, loop.call(stage.lead), form)
    if state == "underway":
        perform(inspection.arrive, done.made, loop.call(stage.lead), forms.Place())
    return put(Inspection.objects.get(id=done.made), state)


def _task(stage: Stage, state: str) -> Task:
    loop.served(stage)
    return put(Task.objects.get(kind="reinspect"), state)


def _document(stage: Stage, state: str) -> Document:
    record = loop.ordered(stage)
    return put(Document.objects.get(about_id=record.id), state)


def _post(stage: Stage, state: str) -> Post:
    fields: dict[str, Any] = {"state": state, "organisation": stage.brigade}
    if state == "on_leave":
        fields |= {"deputy": stage.deputy, "deputy_until": make.NOON.date()}
    held: Post = make.post(**fields)
    return held


def _block(stage: Stage, state: str) -> NumberBlock:
    return NumberBlock.objects.create(
        agency_id=stage.brigade.id,
        kind="rectification-order",
        year=2026,
        first=900,
        last=909,
        holder_post=stage.lead_post.id,
        holder_name=stage.lead.name,
        state=state,
        moved_at=make.NOON - timedelta(days=1),
        entry_id=new_id(),
    )


def _year(stage: Stage, state: str) -> LoadedYear:
    return LoadedYear.objects.create(
        year=2027,
        holidays={},
        workdays=[],
        source="假定的通知",
        loaded_at=make.NOON,
        state=state,
        moved_at=make.NOON,
        entry_id=new_id(),
    )


# Record type → how a test gets one in a state. A new type of record adds its line here.
RECORDS: dict[str, Callable[[Stage, str], Any]] = {
    "calendar_year": _year,
    "certificate": lambda stage, state: make.certificate(stage.lead_post.user, state=state),
    "document": _document,
    "hazard": _hazard,
    "inspection": _inspection,
    "number_block": _block,
    "organisation": lambda _, state: make.organisation(kind="unit", state=state),
    "post": _post,
    "premises": lambda stage, state: put(stage.premises, state),
    "task": _task,
}
# Actions whose record must be of a special kind, beside its state.
SPECIAL: dict[str, Callable[[Stage, str], Any]] = {
    "hazard.grant_extension": _asked,
    "hazard.refuse_extension": _asked,
    "inspection.conclude_reinspection": _reinspection,
}


def record_for(stage: Stage, action: str, state: str) -> Any:
    """The record that `action` is tried on, in `state`; None for a creation."""
    if state == "-":
        return None
    return SPECIAL.get(action, RECORDS[ACTIONS[action].of.name])(stage, state)
