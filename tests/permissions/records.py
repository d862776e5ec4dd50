"""One record of each type, in the state that a test asks for."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from fengsui.kernel.ids import new_id
from fengsui.platform.accounts.models import Post, User
from fengsui.platform.actions import ACTIONS, perform
from fengsui.platform.apikeys.models import ApiKey
from fengsui.platform.calendar.models import AwaitedYear, LoadedYear
from fengsui.platform.documents.models import DeliveryConfirmation, Document, NumberBlock
from fengsui.platform.jobs import store
from fengsui.platform.jobs.models import Job
from fengsui.platform.notices.models import AddressUse, Fault, Wish
from fengsui.platform.records import Record
from fengsui.platform.signin.models import Phone, Ticket
from fengsui.platform.worklist.models import Task
from fengsui.registry.grids.models import Assignment
from fengsui.registry.models import Building, ClaimCode, KeyDeclaration, Premises
from fengsui.supervision.actions import forms, inspection, reinspection, settlement
from fengsui.supervision.lifecycle import Result
from fengsui.supervision.models import Hazard, Inspection
from tests import make
from tests.permissions.stage import Stage
from tests.supervision import loop

R = TypeVar("R", bound=Record)


def put(record: R, state: str) -> R:
    """The record as it would be in `state`; how it gets there is the lifecycle's own test."""
    type(record)._base_manager.filter(pk=record.pk).update(state=state)
    record.refresh_from_db()
    return record


def made(state: str) -> dict[str, Any]:
    """What every record has."""
    return {"state": state, "moved_at": make.NOON - timedelta(days=1), "entry_id": new_id()}


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
        **made(state),
    )


def _year(stage: Stage, state: str) -> LoadedYear:
    return LoadedYear.objects.create(
        year=2027,
        holidays={},
        workdays=[],
        source="假定的通知",
        loaded_at=make.NOON,
        **made(state),
    )


def _ticket(stage: Stage, state: str) -> Ticket:
    return Ticket.objects.create(
        **made(state),
        user=User.objects.get(id__in=[stage.manager.user_id]),
        kind="link",
        digest="5" * 64,
        valid_until=make.NOON + timedelta(days=1),
    )


def _fault(stage: Stage, state: str) -> Fault:
    return Fault.objects.create(
        **made(state), channel="sms", error="网关无应答", since_at=make.NOON
    )


def _use(stage: Stage, state: str) -> AddressUse:
    return AddressUse.objects.create(
        **made(state),
        sending_id=new_id(),
        channel="sms",
        receiver=f"post:{stage.manager.post_id}",
        occasion="task.opened",
        about_type="premises",
        about_id=stage.premises.id,
    )


def _job(stage: Stage, state: str) -> Job:
    job = Job.objects.create(
        **made(state),
        kind="export-hazards",
        title="导出火灾隐患",
        post_id=stage.lead_post.id,
        user_id=stage.lead_post.user_id,
        by_name=stage.lead.name,
        requested_at=make.NOON,
    )
    store.plan(job, make.NOON)
    return job


def _key(stage: Stage, state: str) -> ApiKey:
    return ApiKey.objects.create(
        **made(state),
        post=stage.lead_post,
        name="与政务平台对接",
        digest=bytes(32),
        ends_on=make.NOON.date() + timedelta(days=30),
    )


def _building(stage: Stage, state: str) -> Building:
    return Building.objects.create(
        **made(state), name="民主大厦", region="150502001000", address="民主街 7 号"
    )


def _shared(stage: Stage, state: str) -> Building:
    """A building with the stage's premises in it."""
    building = _building(stage, state)
    Premises.objects.filter(pk=stage.premises.pk).update(building=building)
    return building


def _declaration(stage: Stage, state: str) -> KeyDeclaration:
    return KeyDeclaration.objects.create(
        **made(state),
        premises=stage.premises,
        region=stage.premises.region,
        grounds="营业面积近千平方米",
        judged_class=stage.premises.judged_class,
    )


def _claim_code(stage: Stage, state: str) -> ClaimCode:
    """A code to another premises than the one that the stage's manager holds."""
    return ClaimCode.objects.create(
        **made(state),
        premises=make.premises(stage.brigade),
        region=stage.premises.region,
        digest="6" * 64,
        valid_until=make.NOON + timedelta(days=1),
    )


def _confirmation(stage: Stage, state: str) -> DeliveryConfirmation:
    return DeliveryConfirmation.objects.create(
        **made(state),
        unit_id=stage.premises.unit_id,
        unit_name=stage.premises.name,
        region=stage.premises.region,
        recipient="刘海燕",
        address="liu@example.com",
        phone="13904750000",
        signed_by="刘海燕",
        signed_at=make.NOON - timedelta(days=1),
    )


def _manager(stage: Stage, state: str) -> Post:
    return put(Post.objects.get(id__in=[stage.manager.post_id]), state)


def _assignment(stage: Stage, state: str) -> Assignment:
    return put(Assignment.objects.get(grid=stage.grid()), state)


# Record type → how a test gets one in a state. A new type of record adds its line here.
RECORDS: dict[str, Callable[[Stage, str], Any]] = {
    "address_use": _use,
    "api_key": _key,
    "awaited_year": lambda _, state: AwaitedYear.objects.create(**made(state), year=2026),
    "building": _building,
    "calendar_year": _year,
    "certificate": lambda stage, state: make.certificate(stage.lead_post.user, state=state),
    "channel_fault": _fault,
    "claim_code": _claim_code,
    "delivery_confirmation": _confirmation,
    "document": _document,
    "grid": lambda stage, state: stage.grid(state=state),
    "grid_assignment": _assignment,
    "hazard": _hazard,
    "household": lambda stage, state: make.household(stage.grid(), state=state),
    "inspection": _inspection,
    "job": _job,
    "key_declaration": _declaration,
    "notice_wish": lambda stage, state: Wish.objects.create(
        **made(state), user_id=stage.lead_post.user_id
    ),
    "number_block": _block,
    "organisation": lambda _, state: make.organisation(kind="unit", state=state),
    "phone": lambda stage, state: Phone.objects.create(
        **made(state), user=stage.lead_post.user, name="安卓手机"
    ),
    "post": _post,
    "premises": lambda stage, state: put(stage.premises, state),
    "task": _task,
    "ticket": _ticket,
}
# Actions whose record must be of a special kind, beside its state.
SPECIAL: dict[str, Callable[[Stage, str], Any]] = {
    "building.name_common_manager": _shared,
    "post.end_manager": _manager,
    "hazard.grant_extension": _asked,
    "hazard.refuse_extension": _asked,
    "inspection.conclude_reinspection": _reinspection,
}


def record_for(stage: Stage, action: str, state: str) -> Any:
    """The record that `action` is tried on, in `state`; None for a creation."""
    if state == "-":
        return None
    return SPECIAL.get(action, RECORDS[ACTIONS[action].of.name])(stage, state)
