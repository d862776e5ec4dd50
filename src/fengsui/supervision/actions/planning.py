"""A visit is planned: a premises, a day, two certified officers."""

from django.utils import timezone

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.accounts.queries import certified
from fengsui.platform.actions import CREATE, action
from fengsui.platform.calls import Call, Opens, Outcome
from fengsui.platform.records import Record, RecordType, Shown, record_type
from fengsui.platform.who import ENFORCERS, OFFICERS, PostKind, Who
from fengsui.registry.access import premises_for
from fengsui.registry.actions import PREMISES_TYPE
from fengsui.supervision import details
from fengsui.supervision.access import inspections_for
from fengsui.supervision.actions.forms import (
    Plan,
)
from fengsui.supervision.finding import INSPECTIONS_FOUND_BY
from fengsui.supervision.lifecycle import (
    INSPECTION,
    KIND_TITLES,
    InspectionKind,
)
from fengsui.supervision.models import Inspection
from fengsui.supervision.numbers import running_number
from fengsui.supervision.rules import days_to_plan

INSPECTIONS = record_type(
    RecordType(
        name="inspection",
        plural="inspections",
        title="监督检查",
        model=Inspection,
        lifecycle=INSPECTION,
        visible=inspections_for,
        label=str,
        listed=("number", "kind", "premises", "planned_on"),
        more=details.of_inspection,
        found_by=INSPECTIONS_FOUND_BY,
        shown=(
            Shown("number", "编号"),
            Shown("kind", "形式", KIND_TITLES),
            Shown("premises", "场所"),
            Shown("planned_on", "计划日期"),
        ),
        related=("premises", "brigade"),
        readers=OFFICERS | {PostKind.PREMISES_MANAGER},
    )
)
_SOURCE = "消防监督检查规定 §14"


def _today(_: None) -> dict[str, object]:
    return {"planned_on": timezone.localdate()}


def _is_registered(premises: Record, who: Who) -> None:
    if premises.state != "registered":
        raise Refusal("premises-unknown")


@action(
    INSPECTIONS,
    CREATE,
    "安排检查",
    posts=ENFORCERS,
    source=_SOURCE,
    guard=_is_registered,
    main=True,
    begins=(PREMISES_TYPE, "premises"),
    starts=_today,
    rules=("D-VISIT",),
)
def plan_inspection(_: None, call: Call, form: Plan) -> Outcome:
    """Two certified officers are to visit a premises on a day."""
    premises = premises_for(call.who).select_related("brigade").filter(id=form.premises).first()
    if premises is None or premises.state != "registered":
        raise Refusal("premises-unknown")
    today = rules.local_day(call.at)
    lead, second = certified((form.lead, form.second), form.planned_on, premises.brigade_id)
    inspection = Inspection(
        number=running_number("JC", call.at),
        kind=InspectionKind.SPOT_CHECK,
        premises=premises,
        brigade=premises.brigade,
        region=premises.region,
        lead=lead.post,
        second=second.post,
        planned_on=form.planned_on,
    )
    visit = Opens(
        kind="inspect",
        title="监督抽查",
        due=rules.deadline("D-VISIT", call.at, n=days_to_plan(today, form.planned_on)),
        organisation=premises.brigade_id,
        holder=lead.post.id,
        subject=premises.name,
        note=f"{inspection.number}·与{second.post.user.name}共同检查",
    )
    return Outcome(new=inspection, opens=[visit])
