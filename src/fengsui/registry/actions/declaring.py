"""Key units: the unit declares, the agency checks and keeps the list."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.actions import CREATE, action, perform
from fengsui.platform.calls import Call, Closes, Form, Opens, Outcome
from fengsui.platform.questions import Offers
from fengsui.platform.records import RecordType, Shown, record_type
from fengsui.platform.rules import local_day
from fengsui.platform.who import ENFORCERS, OFFICERS, REGISTRARS, PostKind, Who
from fengsui.registry import offers
from fengsui.registry.access import declarations_for, premises_for
from fengsui.registry.actions.premises import PREMISES_TYPE
from fengsui.registry.actions.standing import OtherClass, is_registered, reclassify
from fengsui.registry.forms import Reason
from fengsui.registry.lifecycle import (
    CLASS_TITLES,
    DECLARATION,
    LIVING_DECLARATION,
    DeclarationMove,
    PremisesClass,
)
from fengsui.registry.models import KeyDeclaration, Premises

DECLARATIONS = record_type(
    RecordType(
        name="key_declaration",
        plural="key-declarations",
        title="重点单位申报",
        model=KeyDeclaration,
        lifecycle=DECLARATION,
        visible=declarations_for,
        label=str,
        named_by=("premises",),
        listed=("premises", "grounds", "judged_class", "decided_on"),
        shown=(
            Shown("premises", "场所"),
            Shown("grounds", "申报理由"),
            Shown("judged_class", "按规则判定", CLASS_TITLES),
            Shown("decision", "核定意见"),
            Shown("decided_on", "核定日期"),
        ),
        related=("premises",),
        readers=OFFICERS | {PostKind.PREMISES_MANAGER},
    )
)
_SOURCE = "消防法 §17"
_TASK = "check_declaration"
_UNDECIDED = (PremisesClass.KEY, PremisesClass.HIGH_RISK)


class Declaring(Form):
    premises: Annotated[UUID, Offers(offers.own_premises)] = Field(title="场所")
    grounds: str = Field(title="申报理由", min_length=5, max_length=200)


class Decision(Form):
    decision: str = Field(title="核定意见", min_length=5, max_length=200)


def _may_declare(premises: Any, who: Who) -> None:
    is_registered(premises, who)
    if premises.declared:
        raise Refusal("declared-already", name=premises.name)


@action(
    DECLARATIONS,
    CREATE,
    "申报重点单位",
    posts=(PostKind.PREMISES_MANAGER,),
    source=_SOURCE,
    begins=(PREMISES_TYPE, "premises"),
    guard=_may_declare,
)
def declare_key(_: None, call: Call, form: Declaring) -> Outcome:
    """The brigade has a task to check it. Refuses `premises-not-yours`, `declared-already`."""
    premises = premises_for(call.who).filter(pk=form.premises).first()
    if premises is None:
        raise Refusal("premises-not-yours")
    _may_declare(premises, call.who)
    declaration = KeyDeclaration(
        premises=premises,
        region=premises.region,
        grounds=form.grounds,
        judged_class=premises.judged_class,
    )
    check = Opens(
        _TASK,
        "核定重点单位申报",
        rules.deadline("D-KEY-CHECK", call.at),
        premises.brigade_id,
        PostKind.SUPERVISOR,
        subject=premises.name,
    )
    return Outcome(new=declaration, opens=[check])


def _decided(form: Decision, call: Call) -> dict[str, object]:
    return {"decision": form.decision, "decided_on": local_day(call.at)}


def _set_class(
    premises: Premises, call: Call, premises_class: PremisesClass, form: Decision
) -> None:
    if premises.premises_class == premises_class:
        return
    said = OtherClass(premises_class=premises_class, reason=form.decision, source=_SOURCE)
    perform(reclassify, premises.id, call.child(), said)


@action(DECLARATIONS, DeclarationMove.LIST, "核定列入", posts=ENFORCERS, source=_SOURCE, main=True)
def list_key(declaration: KeyDeclaration, call: Call, form: Decision) -> Outcome:
    """On the list of key units; a place that the thresholds leave below them is set to be one."""
    if declaration.premises.premises_class not in _UNDECIDED:
        _set_class(declaration.premises, call, PremisesClass.KEY, form)
    return Outcome(changes=_decided(form, call), closes=[Closes(_TASK)])


@action(DECLARATIONS, DeclarationMove.DECLINE, "核定不列入", posts=ENFORCERS, source=_SOURCE)
def decline_key(declaration: KeyDeclaration, call: Call, form: Decision) -> Outcome:
    return Outcome(changes=_decided(form, call), closes=[Closes(_TASK)])


@action(
    DECLARATIONS,
    DeclarationMove.LAPSE,
    "随场所终止申报",
    posts=REGISTRARS,
    source=_SOURCE,
    inner=True,
)
def lapse_key(declaration: KeyDeclaration, call: Call, form: Reason) -> Outcome:
    """The place is closed or part of another entry: there is nothing left to declare."""
    changes = {"decision": form.reason, "decided_on": local_day(call.at)}
    return Outcome(changes=changes, closes=[Closes(_TASK, done=False)])


def lapse_of(premises: Premises, call: Call, reason: str) -> None:
    """Inside the action that ends a premises."""
    for living in premises.declarations.filter(state__in=LIVING_DECLARATION):
        perform(lapse_key, living.id, call.child(), Reason(reason=reason))


@action(DECLARATIONS, DeclarationMove.REMOVE, "调出名单", posts=ENFORCERS, source=_SOURCE)
def remove_key(declaration: KeyDeclaration, call: Call, form: Decision) -> Outcome:
    """Off the list when the unit changed; the class is the judged one again."""
    premises = declaration.premises
    judged = PremisesClass(premises.judged_class or PremisesClass.UNJUDGED)
    if premises.class_reason and judged is not PremisesClass.UNJUDGED:
        _set_class(premises, call, judged, form)
    return Outcome(changes=_decided(form, call))
