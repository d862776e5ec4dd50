"""From a finding to its end: ordered, served, put right and seen, or overdue."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.accounts.queries import check_certified
from fengsui.platform.actions import CREATE, action, perform
from fengsui.platform.calls import Call, Closes, Drafts, Form, Nothing, Opens, Outcome
from fengsui.platform.documents import actions as documents
from fengsui.platform.documents.queries import document_of
from fengsui.platform.files.queries import attachments
from fengsui.platform.records import RecordType, Shown, record_type
from fengsui.platform.who import ENFORCERS, OFFICERS, PostKind, Who
from fengsui.supervision import details, papers
from fengsui.supervision.access import hazards_for
from fengsui.supervision.finding import HAZARDS_FOUND_BY
from fengsui.supervision.lifecycle import HAZARD, PAPER, Disposal, HazardMove, HazardState
from fengsui.supervision.models import Evidence, Hazard, Inspection
from fengsui.supervision.numbers import running_number
from fengsui.supervision.rules import Group

HAZARDS = record_type(
    RecordType(
        name="hazard",
        plural="hazards",
        title="火灾隐患",
        model=Hazard,
        lifecycle=HAZARD,
        visible=hazards_for,
        label=str,
        listed=("number", "title", "premises", "due_on"),
        more=details.of_hazard,
        found_by=HAZARDS_FOUND_BY,
        shown=(
            Shown("number", "编号"),
            Shown("title", "隐患"),
            Shown("premises", "场所"),
            Shown("due_on", "改正期限"),
        ),
        related=("premises", "inspection__brigade"),
        readers=OFFICERS | {PostKind.PREMISES_MANAGER},
    )
)
_19, _20 = "消防监督检查规定 §19", "消防监督检查规定 §20"


class Discovery(Form):
    """Findings of a visit that share one order."""

    inspection: UUID
    title: str = Field(max_length=120)
    findings: tuple[str, ...]
    disposal: Disposal
    term_days: int | None = None


class Order(Form):
    """A term and its reason, which an officer owes the party; no statute sets the number."""

    days: int | None = Field(title="改正期限(日)", default=None, ge=1)
    reason: str = Field(title="确定期限的理由", default="", max_length=400)
    measures: str = Field(title="改正期间的防范措施", default="", max_length=400)


class Evident(Form):
    text: str = Field(title="改正情况", min_length=4, max_length=400)
    photos: tuple[UUID, ...] = Field(title="照片", default=())


def check_term(days: int, on: date, region: str) -> None:
    """Refuses `term-too-long` above the house's bound (T-20a-MAX, our default, not law)."""
    longest = rules.number("T-20a-MAX", on, region)
    if days > longest:
        raise Refusal("term-too-long", days=days, longest=longest, rule="T-20a-MAX")


def open_for(inspection: Inspection, group: Group, call: Call) -> None:
    """Open the hazard of one group of findings, inside the action that confirms them."""
    form = Discovery(
        inspection=inspection.id,
        title=group.title,
        findings=tuple(found.id for found in group.findings),
        disposal=group.disposal,
        term_days=group.term_days,
    )
    perform(open_hazard, None, call.child(), form)


@action(HAZARDS, CREATE, "登记隐患", posts=ENFORCERS, source=_19, inner=True)
def open_hazard(_: None, call: Call, form: Discovery) -> Outcome:
    """What two officers found and did not see corrected; an order falls due."""
    inspection = Inspection.objects.select_related("premises").get(id=form.inspection)
    found_at = inspection.ended_at or call.at
    hazard = Hazard(
        number=running_number("YH", call.at),
        title=form.title,
        premises=inspection.premises,
        brigade_id=inspection.brigade_id,
        region=inspection.region,
        inspection=inspection,
        findings=list(form.findings),
        disposal=form.disposal,
        found_at=found_at,
        term_days=form.term_days,
    )
    return Outcome(new=hazard, opens=[to_order(hazard, "order", "制作")])


def to_order(hazard: Hazard, kind: str, verb: str, holder: UUID | None = None) -> Opens:
    """T-19b: three working days from the visit; an immediate order on the day itself.

    For the visit's lead, unless another `holder` was given the matter.
    """
    at_once = hazard.disposal == Disposal.IMMEDIATE
    paper = "责令立即改正通知书" if at_once else "责令限期改正通知书"
    return Opens(
        kind=kind,
        title=f"{verb}{paper}",
        due=rules.deadline(
            "D-AT-ONCE" if at_once else "T-19b", hazard.found_at, region=hazard.region
        ),
        organisation=hazard.brigade_id,
        holder=holder or hazard.inspection.lead_id,
        subject=hazard.premises.name,
        note=hazard.title,
    )


def _may_handle(hazard: Hazard, who: Who) -> None:
    """The two officers of the visit, whoever was given their task, or the head of their brigade."""
    if who.kind == PostKind.BRIGADE_HEAD and who.organisation_id == hazard.brigade_id:
        return
    officers = (hazard.inspection.lead_id, hazard.inspection.second_id)
    if who.post_id not in officers and not hazard.given:
        raise Refusal("not-your-hazard", number=hazard.number)


def _check_enforces(call: Call) -> None:
    """Who makes or serves an order needs a certificate of his own that day, a deputy too (行政处罚法 §42).

    The head answers for his brigade. Refuses `certificate-missing`.
    """
    if call.who.kind != PostKind.BRIGADE_HEAD:
        check_certified(call.who, rules.local_day(call.at))


def _found_term(hazard: Hazard) -> dict[str, object]:
    return {"days": hazard.term_days}


@action(
    HAZARDS,
    HazardMove.ORDER,
    "责令改正",
    posts=ENFORCERS,
    source=_19,
    guard=_may_handle,
    main=True,
    starts=_found_term,
    rules=(
        "T-19b",
        "T-20a",
        "T-20a-MAX",
    ),
)
def order_rectification(hazard: Hazard, call: Call, form: Order) -> Outcome:
    """Number the order. A term order says how long and why (T-20a); an immediate one has no term.

    Refuses `term-required`, `term-too-long`, `term-not-for-immediate`, `certificate-missing`.
    """
    _check_enforces(call)
    changes = _term(hazard, call.at, form)
    measured = {"ordered_at": call.at, "measures": form.measures, "reason": form.reason}
    order = Drafts(
        kind=PAPER[Disposal(hazard.disposal)],
        agency=hazard.brigade_id,
        data=papers.order(hazard, call.at, {**changes, **measured}),
        party=hazard.premises.name,
    )
    return Outcome(
        changes=changes | measured,
        closes=[Closes("order")],
        opens=[to_order(hazard, "serve", "送达", call.who.post_id if hazard.given else None)],
        documents=[order],
    )


def _term(hazard: Hazard, at: datetime, form: Order) -> dict[str, Any]:
    if hazard.disposal == Disposal.IMMEDIATE:
        if form.days is not None:
            raise Refusal("term-not-for-immediate")
        due = rules.deadline("D-AT-ONCE", at, region=hazard.region)
        return {"term_days": None, "due_on": due.due.date(), "provisional": False}
    days = form.days or hazard.term_days
    if days is None or not form.reason:
        raise Refusal("term-required", rule="T-20a")
    check_term(days, rules.local_day(at), hazard.region)
    due = rules.deadline("T-20a", at, n=days, region=hazard.region)
    return {"term_days": days, "due_on": due.due.date(), "provisional": due.provisional}


@action(
    HAZARDS,
    HazardMove.SERVE,
    "送达通知书",
    posts=ENFORCERS,
    source=_19,
    guard=_may_handle,
    main=True,
    rules=(
        "T-19b",
        "T-20b",
    ),
)
def serve_order(hazard: Hazard, call: Call, form: documents.Serving) -> Outcome:
    """The party has the order: its term runs, and the re-inspection follows its end (T-20b)."""
    _check_enforces(call)
    order = document_of(hazard.id, PAPER[Disposal(hazard.disposal)])
    receipt = documents.Delivered(**form.model_dump(), unit=hazard.premises.unit_id)
    perform(documents.serve, order, call.child(), receipt)
    ordered_at = hazard.ordered_at or call.at
    rectify = to_rectify(hazard, ordered_at)
    return Outcome(
        changes={
            "served_at": form.served_at or call.at,
            "due_on": rectify.due.due.date(),
            "provisional": rectify.due.provisional,
        },
        closes=[Closes("serve")],
        opens=[rectify, to_reinspect(hazard, "reinspect", rectify.due.due, after="rectify")],
    )


def to_rectify(hazard: Hazard, ordered_at: datetime) -> Opens:
    if hazard.disposal == Disposal.IMMEDIATE:
        due = rules.deadline("D-AT-ONCE", ordered_at, region=hazard.region)
    else:
        due = rules.deadline("T-20a", ordered_at, n=hazard.term_days, region=hazard.region)
    return Opens(
        kind="rectify",
        title="改正火灾隐患",
        due=due,
        organisation=hazard.premises.unit_id,
        post=PostKind.PREMISES_MANAGER,
        subject=hazard.premises.name,
        note=hazard.title,
    )


def to_reinspect(hazard: Hazard, kind: str, start: datetime, after: str = "") -> Opens:
    return Opens(
        kind=kind,
        title="复查责令改正情况",
        due=rules.deadline("T-20b", start, region=hazard.region),
        organisation=hazard.brigade_id,
        holder=hazard.inspection.lead_id,
        subject=hazard.premises.name,
        note=hazard.title,
        after=after,
    )


def _takes_evidence(hazard: Hazard, who: Who) -> None:
    if hazard.state in (HazardState.FOUND, HazardState.CLOSED):
        raise Refusal("no-evidence-now", number=hazard.number)


@action(
    HAZARDS,
    None,
    "提交改正证据",
    posts=(PostKind.PREMISES_MANAGER,),
    source="61号令 §33、§35",
    guard=_takes_evidence,
)
def submit_evidence(hazard: Hazard, call: Call, form: Evident) -> Outcome:
    """The premises shows what it has put right; nothing is decided by it."""
    evidence = Evidence(hazard=hazard, text=form.text)
    photos = attachments(form.photos, call, hazard, part=evidence.id)
    return Outcome(facts=[evidence, *photos], result={"evidence": evidence.id})


@action(
    HAZARDS,
    HazardMove.APPLY,
    "申请复查",
    posts=(PostKind.PREMISES_MANAGER,),
    source=_20,
    main=True,
    rules=("T-20b",),
)
def apply_reinspection(hazard: Hazard, call: Call, _: Nothing) -> Outcome:
    """The second trigger of T-20b: three working days from the application."""
    return Outcome(opens=[to_reinspect(hazard, "reinspect_early", call.at)])
