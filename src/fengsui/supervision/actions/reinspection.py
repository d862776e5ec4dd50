"""The second visit: the officers see what became of a hazard (消防监督检查规定 §20)."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.accounts.queries import certified
from fengsui.platform.actions import CREATE, action
from fengsui.platform.calls import Call, Form, Opens, Outcome
from fengsui.platform.questions import Offers
from fengsui.platform.records import Record
from fengsui.platform.who import ENFORCERS, Who
from fengsui.supervision import offers
from fengsui.supervision.access import hazards_for
from fengsui.supervision.actions.forms import Conclusion
from fengsui.supervision.actions.hazard import HAZARDS
from fengsui.supervision.actions.inspection import concluding, is_the_lead, to_confirm
from fengsui.supervision.actions.planning import INSPECTIONS
from fengsui.supervision.lifecycle import (
    HazardState,
    InspectionKind,
    InspectionMove,
)
from fengsui.supervision.models import Inspection
from fengsui.supervision.numbers import running_number
from fengsui.supervision.queries import is_reinspected_now

_SOURCE = "消防监督检查规定 §20"
_DUE = (HazardState.RECTIFYING, HazardState.REPORTED, HazardState.OVERDUE)


class Reinspect(Form):
    hazard: Annotated[UUID, Offers(offers.hazard)] = Field(title="隐患")
    second: Annotated[UUID, Offers(offers.other_officers)] = Field(title="协检人员")


class Reconclusion(Conclusion):
    passed: bool = Field(title="已改正")
    remarks: str = Field(title="复查情况", min_length=4, max_length=400)


def _reinspection(inspection: Inspection, who: Who) -> None:
    is_the_lead(inspection, who)
    if inspection.kind != InspectionKind.REINSPECTION:
        raise Refusal("wrong-kind", kind=inspection.kind_title)


def _is_due(hazard: Record, who: Who) -> None:
    if hazard.state not in _DUE:
        raise Refusal("hazard-not-due")


@action(
    INSPECTIONS,
    CREATE,
    "开始复查",
    posts=ENFORCERS,
    source=_SOURCE,
    guard=_is_due,
    main=True,
    begins=(HAZARDS, "hazard"),
    rules=(
        "T-20b",
        "D-VISIT",
    ),
)
def start_reinspection(_: None, call: Call, form: Reinspect) -> Outcome:
    """The caller leads. Refuses `hazard-not-due`, `reinspection-underway`, `certificate-missing`."""
    hazard = hazards_for(call.who).select_related("premises").filter(id=form.hazard).first()
    if hazard is None or hazard.state not in _DUE or call.who.post_id is None:
        raise Refusal("hazard-not-due")
    if is_reinspected_now(hazard):
        raise Refusal("reinspection-underway", number=hazard.number)
    today = rules.local_day(call.at)
    if call.who.post_id == form.second:
        raise Refusal("two-officers")
    lead, second = certified((call.who.post_id, form.second), today, hazard.brigade_id)
    inspection = Inspection(
        number=running_number("JC", call.at),
        kind=InspectionKind.REINSPECTION,
        premises=hazard.premises,
        brigade_id=hazard.brigade_id,
        region=hazard.region,
        hazard=hazard,
        lead=lead.post,
        second=second.post,
        planned_on=today,
    )
    visit = Opens(
        kind="inspect",
        title="完成复查",
        due=rules.deadline("D-VISIT", call.at, n=1),
        organisation=hazard.brigade_id,
        holder=lead.post.id,
        subject=hazard.premises.name,
        note=f"{inspection.number}·{hazard.title}"[:200],
    )
    return Outcome(new=inspection, opens=[visit])


@action(
    INSPECTIONS,
    InspectionMove.CONCLUDE,
    "结束复查",
    posts=ENFORCERS,
    source=_SOURCE,
    guard=_reinspection,
    main=True,
    rules=("D-CONFIRM",),
)
def conclude_reinspection(inspection: Inspection, call: Call, form: Reconclusion) -> Outcome:
    """What became of the hazard, as the officers saw it; the other officer confirms."""
    changes = {"passed": form.passed, "remarks": form.remarks}
    return Outcome(
        changes=concluding(inspection, call, form) | changes,
        opens=[to_confirm(inspection, call)],
    )
