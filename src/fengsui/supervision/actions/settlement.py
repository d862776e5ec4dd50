"""What a second visit means for a hazard, a term put off, and what follows an overdue one."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.actions import action, perform
from fengsui.platform.calls import Call, Closes, Form, Nothing, Opens, Outcome
from fengsui.platform.questions import Titles
from fengsui.platform.who import ENFORCERS, PostKind, Who
from fengsui.supervision.actions.hazard import HAZARDS, check_term, to_rectify, to_reinspect
from fengsui.supervision.lifecycle import Disposal, HazardMove, HazardState
from fengsui.supervision.models import Hazard, Inspection, Instruction

_20 = "消防监督检查规定 §20"
MEASURE_TITLES = {
    "case": "立案处罚",
    "order_again": "再次责令改正",
    "oversight": "函告督办",
    "sealing": "研究临时查封",
}
_OF_A_TERM = ("rectify", "reinspect", "reinspect_early", "extension")


class Asking(Form):
    """One extension, before expiry, with reasons, plan and interim measures (T-20-EXT)."""

    days: int = Field(title="申请延期(日)", ge=1)
    reason: str = Field(title="理由", min_length=5, max_length=400)
    plan: str = Field(title="整改计划", min_length=5, max_length=400)
    measures: str = Field(title="期间防范措施", min_length=5, max_length=400)


class Answering(Form):
    reason: str = Field(title="意见", min_length=2, max_length=400)


class Instructing(Form):
    measure: Annotated[
        Literal["case", "order_again", "oversight", "sealing"], Titles(MEASURE_TITLES)
    ] = Field(title="处理")
    text: str = Field(title="要求", min_length=4, max_length=400)


class Recount(Form):
    due_on: date
    provisional: bool


def settle(inspection: Inspection, call: Call) -> None:
    """What a confirmed re-inspection means for its hazard, inside the action that confirms it.

    A failed early visit does not end the term: the expiry's own re-inspection still falls due.
    """
    hazard = Hazard.objects.get(reinspections=inspection)
    seen_on = rules.local_day(inspection.ended_at or call.at)
    early = hazard.due_on is not None and seen_on <= hazard.due_on
    if inspection.passed:
        declared = pass_reinspection
    elif early and hazard.state != HazardState.OVERDUE:
        declared = fail_early
    else:
        declared = fail_reinspection
    perform(declared, hazard, call.child(), Nothing())


@action(HAZARDS, HazardMove.PASS, "复查合格", posts=ENFORCERS, source=_20, inner=True)
def pass_reinspection(hazard: Hazard, call: Call, _: Nothing) -> Outcome:
    """Put right and seen by two officers: closed, and nothing about it is left to do."""
    kinds = (*_OF_A_TERM, "overdue")
    return Outcome(changes={"closed_at": call.at}, closes=[Closes(kind) for kind in kinds])


@action(HAZARDS, HazardMove.FAIL_EARLY, "提前复查不合格", posts=ENFORCERS, source=_20, inner=True)
def fail_early(hazard: Hazard, call: Call, _: Nothing) -> Outcome:
    """Not yet in order, but the term still runs."""
    return Outcome(closes=[Closes("reinspect_early")])


@action(HAZARDS, HazardMove.FAIL, "复查不合格", posts=ENFORCERS, source=_20, inner=True)
def fail_reinspection(hazard: Hazard, call: Call, _: Nothing) -> Outcome:
    """The term is over and the hazard still there: the brigade's head decides what follows."""
    decide = Opens(
        kind="overdue",
        title="研究逾期未改正的处理",
        due=rules.deadline("D-OVERDUE", call.at, region=hazard.region),
        organisation=hazard.brigade_id,
        post=PostKind.BRIGADE_HEAD,
        subject=hazard.premises.name,
        note=hazard.title,
    )
    closes = [Closes(kind) for kind in (*_OF_A_TERM, "overdue")]
    return Outcome(closes=closes, opens=[decide])


def _is_of_his_brigade(hazard: Hazard, who: Who) -> None:
    if who.organisation_id != hazard.brigade_id:
        raise Refusal("other-brigade", number=hazard.number)


def _is_overdue(hazard: Hazard, who: Who) -> None:
    _is_of_his_brigade(hazard, who)
    if hazard.state != HazardState.OVERDUE:
        raise Refusal("not-overdue", number=hazard.number)


@action(
    HAZARDS,
    None,
    "作出处理安排",
    posts=(PostKind.BRIGADE_HEAD,),
    source=_20,
    guard=_is_overdue,
    main=True,
    rules=("D-OVERDUE",),
)
def instruct(hazard: Hazard, call: Call, form: Instructing) -> Outcome:
    """The head says what is done about an overdue hazard."""
    instruction = Instruction(hazard=hazard, measure=form.measure, text=form.text)
    return Outcome(facts=[instruction], closes=[Closes("overdue")])


def _may_ask(hazard: Hazard, who: Who) -> None:
    """Once, for a term, while it runs (T-20-EXT, our default)."""
    if hazard.disposal != Disposal.TERM or hazard.state != HazardState.RECTIFYING:
        raise Refusal("no-extension-here", number=hazard.number)
    if hazard.extension:
        raise Refusal("extension-used", rule="T-20-EXT")


@action(
    HAZARDS,
    None,
    "申请延期",
    posts=(PostKind.PREMISES_MANAGER,),
    source=_20,
    guard=_may_ask,
    rules=(
        "T-20-EXT",
        "T-20a-MAX",
        "D-EXTENSION",
    ),
)
def request_extension(hazard: Hazard, call: Call, form: Asking) -> Outcome:
    """Refuses `term-over` after the last day, `term-too-long` above the house's bound."""
    if hazard.due_on is not None and rules.local_day(call.at) > hazard.due_on:
        raise Refusal("term-over", due=hazard.due_on)
    check_term(form.days, rules.local_day(call.at), hazard.region)
    decide = Opens(
        kind="extension",
        title="审批延期申请",
        due=rules.deadline("D-EXTENSION", call.at, region=hazard.region),
        organisation=hazard.brigade_id,
        post=PostKind.BRIGADE_HEAD,
        subject=hazard.premises.name,
        note=f"申请延期 {form.days} 日：{form.reason}"[:200],
    )
    asked = f"{form.reason}；计划：{form.plan}；防范措施：{form.measures}"
    return Outcome(
        changes={
            "extension": "asked",
            "extension_days": form.days,
            "extension_reason": asked[:1200],
        },
        opens=[decide],
    )


def _is_asked(hazard: Hazard, who: Who) -> None:
    """A request is answered while its term runs; a second visit after the term has settled it."""
    _is_of_his_brigade(hazard, who)
    running = hazard.state in (HazardState.RECTIFYING, HazardState.REPORTED)
    if hazard.extension != "asked" or not running:
        raise Refusal("no-extension-asked", number=hazard.number)


@action(
    HAZARDS,
    HazardMove.EXTEND,
    "批准延期",
    posts=(PostKind.BRIGADE_HEAD,),
    source=_20,
    guard=_is_asked,
    main=True,
    rules=(
        "T-20-EXT",
        "D-EXTENSION",
    ),
)
def grant_extension(hazard: Hazard, call: Call, form: Answering) -> Outcome:
    """The term is longer by what was asked, counted from the order; the re-inspection follows."""
    hazard.term_days = (hazard.term_days or 0) + (hazard.extension_days or 0)
    rectify = to_rectify(hazard, hazard.ordered_at or call.at)
    return Outcome(
        changes={
            "extension": "granted",
            "term_days": hazard.term_days,
            "due_on": rectify.due.due.date(),
            "provisional": rectify.due.provisional,
        },
        closes=[
            Closes("extension"),
            Closes("rectify", done=False),
            Closes("reinspect", done=False),
        ],
        opens=[rectify, to_reinspect(hazard, "reinspect", rectify.due.due, after="rectify")],
        result={"reason": form.reason},
    )


@action(
    HAZARDS,
    None,
    "不批准延期",
    posts=(PostKind.BRIGADE_HEAD,),
    source=_20,
    guard=_is_asked,
    rules=(
        "T-20-EXT",
        "D-EXTENSION",
    ),
)
def refuse_extension(hazard: Hazard, call: Call, form: Answering) -> Outcome:
    """The term stays as it was ordered."""
    return Outcome(
        changes={"extension": "refused"},
        closes=[Closes("extension")],
        result={"reason": form.reason},
    )


@action(HAZARDS, None, "更正改正期限", posts=(PostKind.CLOCK,), source="全国年节及纪念日放假办法")
def recount_term(hazard: Hazard, call: Call, form: Recount) -> Outcome:
    """A loaded calendar moved the task of the term; the hazard's own last day follows."""
    return Outcome(
        changes={"due_on": form.due_on, "provisional": form.provisional},
        result={"was": hazard.due_on},
    )
