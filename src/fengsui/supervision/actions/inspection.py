"""The visit: made by two officers, concluded by one, confirmed by the other."""

from typing import Any

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.actions import action
from fengsui.platform.calls import Call, Closes, Drafts, Nothing, Opens, Outcome
from fengsui.platform.files.queries import attachments
from fengsui.platform.who import ENFORCERS, Who
from fengsui.supervision import papers
from fengsui.supervision.actions import hazard as hazards
from fengsui.supervision.actions import settlement
from fengsui.supervision.actions.forms import (
    Answers,
    Conclusion,
    Failure,
    Found,
    Place,
    Reason,
    TakenBack,
)
from fengsui.supervision.actions.planning import INSPECTIONS
from fengsui.supervision.lifecycle import (
    InspectionKind,
    InspectionMove,
    Result,
)
from fengsui.supervision.models import Answer, Finding, Inspection, Withdrawal
from fengsui.supervision.queries import answers_of, checklist, checklist_item, findings_of, found_of
from fengsui.supervision.rules import check_findings, groups_of, unanswered

_SOURCE = "消防监督检查规定 §14"


def _is_one_of_two(inspection: Inspection, who: Who) -> None:
    """Only the two officers of a visit may carry it on (规定 §14)."""
    if who.post_id not in (inspection.lead_id, inspection.second_id):
        raise Refusal("not-your-inspection", number=inspection.number)


def is_the_lead(inspection: Inspection, who: Who) -> None:
    if who.post_id != inspection.lead_id:
        raise Refusal("not-the-lead", number=inspection.number)


def _is_the_second(inspection: Inspection, who: Who) -> None:
    """The record is confirmed by the other officer, never by the one who wrote it."""
    if who.post_id != inspection.second_id:
        raise Refusal("not-the-second", number=inspection.number)


@action(
    INSPECTIONS,
    InspectionMove.ARRIVE,
    "到场",
    posts=ENFORCERS,
    source=_SOURCE,
    guard=_is_one_of_two,
    main=True,
)
def arrive(inspection: Inspection, call: Call, form: Place) -> Outcome:
    """Officers are on the spot and have shown their certificates."""
    return Outcome(
        changes={
            "arrived_at": call.at,
            "latitude": form.latitude,
            "longitude": form.longitude,
        }
    )


def _is_underway(inspection: Inspection, who: Who) -> None:
    _is_one_of_two(inspection, who)
    if inspection.state != "underway":
        raise Refusal("not-underway", number=inspection.number)


@action(
    INSPECTIONS,
    None,
    "填写检查项",
    posts=ENFORCERS,
    source=_SOURCE,
    guard=_is_underway,
    rules=("CHECKLIST-SPOT-CHECK",),
)
def record_answers(inspection: Inspection, call: Call, form: Answers) -> Outcome:
    """Results of checklist items. Refuses `unknown-item`."""
    on = rules.local_day(call.at)
    known = {item.code for item in checklist(on, inspection.region)}
    if unknown := sorted(set(form.answers) - known):
        raise Refusal("unknown-item", items=unknown)
    return Outcome(
        facts=[
            Answer(inspection=inspection, code=code, result=result, note=form.note)
            for code, result in form.answers.items()
        ]
    )


@action(
    INSPECTIONS,
    None,
    "登记问题",
    posts=ENFORCERS,
    source=_SOURCE,
    guard=_is_underway,
    rules=(
        "T-19a",
        "T-19c",
        "T-20a-MAX",
    ),
)
def add_finding(inspection: Inspection, call: Call, form: Found) -> Outcome:
    """Something not in order; its item then counts as failed. Refuses `unknown-item`."""
    on = rules.local_day(call.at)
    item = checklist_item(form.code, on, inspection.region)
    if item is None:
        raise Refusal("unknown-item", items=[form.code])
    if form.term_days is not None:
        hazards.check_term(form.term_days, on, inspection.region)
    values = form.model_dump(exclude={"photos", "basis"})
    basis = form.basis or "、".join(basis.cite for basis in item.basis)
    finding = Finding(inspection=inspection, basis=basis[:200], **values)
    failed = Answer(inspection=inspection, code=form.code, result=Result.FAIL)
    photos = attachments(form.photos, call, inspection, part=finding.id)
    return Outcome(facts=[finding, failed, *photos], result={"finding": finding.id})


@action(INSPECTIONS, None, "撤回问题", posts=ENFORCERS, source=_SOURCE, guard=_is_underway)
def withdraw_finding(inspection: Inspection, call: Call, form: TakenBack) -> Outcome:
    """Take back a finding entered by mistake; it stays on record with the reason."""
    finding = next((f for f in findings_of(inspection) if f.id == form.finding), None)
    if finding is None:
        raise Refusal("finding-unknown")
    return Outcome(facts=[Withdrawal(finding=finding, reason=form.reason)])


def _spot_check(inspection: Inspection, who: Who) -> None:
    is_the_lead(inspection, who)
    if inspection.kind != InspectionKind.SPOT_CHECK:
        raise Refusal("wrong-kind", kind=inspection.kind_title)


def concluding(inspection: Inspection, call: Call, form: Conclusion) -> dict[str, Any]:
    return {
        "ended_at": call.at,
        "accompanied_by": form.accompanied_by,
        "opinion": form.opinion,
        "signature": form.signature,
        "witness": form.witness,
    }


def to_confirm(inspection: Inspection, call: Call) -> Opens:
    return Opens(
        kind="confirm",
        title="确认检查记录",
        due=rules.deadline("D-CONFIRM", call.at),
        organisation=inspection.brigade_id,
        holder=inspection.second_id,
        subject=inspection.premises.name,
        note=inspection.number,
    )


@action(
    INSPECTIONS,
    InspectionMove.CONCLUDE,
    "结束检查",
    posts=ENFORCERS,
    source=_SOURCE,
    guard=_spot_check,
    main=True,
    rules=(
        "CHECKLIST-SPOT-CHECK",
        "D-CONFIRM",
    ),
)
def conclude(inspection: Inspection, call: Call, form: Conclusion) -> Outcome:
    """All items are answered, failed ones have findings; the other officer confirms."""
    answers = answers_of(inspection)
    items = checklist(rules.local_day(call.at), inspection.region)
    if left := unanswered([item.code for item in items], answers):
        raise Refusal("items-unanswered", items=left)
    check_findings(answers, [finding.code for finding in findings_of(inspection)])
    return Outcome(changes=concluding(inspection, call, form), opens=[to_confirm(inspection, call)])


@action(
    INSPECTIONS,
    InspectionMove.SEND_BACK,
    "退回补充",
    posts=ENFORCERS,
    source=_SOURCE,
    guard=_is_the_second,
)
def send_back(inspection: Inspection, call: Call, form: Reason) -> Outcome:
    """The second officer does not agree yet and says why."""
    return Outcome(closes=[Closes("confirm", done=False)], result={"reason": form.reason})


@action(
    INSPECTIONS,
    InspectionMove.CONFIRM,
    "确认记录",
    posts=ENFORCERS,
    source=_SOURCE,
    guard=_is_the_second,
    main=True,
    rules=(
        "D-CONFIRM",
        "T-19b",
    ),
)
def confirm_record(inspection: Inspection, call: Call, _: Nothing) -> Outcome:
    """Both officers stand by the record: it is numbered, and what it found takes its course."""
    if inspection.kind == InspectionKind.REINSPECTION:
        settlement.settle(inspection, call)
    else:
        for group in groups_of(found_of(findings_of(inspection))):
            hazards.open_for(inspection, group, call)
    return Outcome(
        closes=[Closes("confirm"), Closes("inspect")],
        documents=[
            Drafts(
                kind="inspection-record",
                agency=inspection.brigade_id,
                data=papers.inspection_record(inspection, call.at),
                party=inspection.premises.name,
            )
        ],
    )


@action(
    INSPECTIONS,
    InspectionMove.GIVE_UP,
    "登记未能检查",
    posts=ENFORCERS,
    source=_SOURCE,
    guard=_is_one_of_two,
)
def give_up(inspection: Inspection, call: Call, form: Failure) -> Outcome:
    """The premises was closed, had moved, or refused entry."""
    return Outcome(
        changes={"remarks": form.note},
        closes=[Closes("inspect")],
        result={"why": form.why},
    )


@action(
    INSPECTIONS,
    InspectionMove.CANCEL,
    "取消检查",
    posts=ENFORCERS,
    source=_SOURCE,
    guard=is_the_lead,
)
def cancel(inspection: Inspection, call: Call, form: Reason) -> Outcome:
    return Outcome(changes={"remarks": form.reason}, closes=[Closes("inspect", done=False)])
