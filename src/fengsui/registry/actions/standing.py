"""The class of a premises: judged again, or set otherwise by an officer who says why."""

from typing import Annotated, Any

from django.utils import timezone
from pydantic import Field

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.actions import action
from fengsui.platform.calls import Call, Form, Nothing, Outcome
from fengsui.platform.questions import Offers, Titles
from fengsui.platform.rules import local_day
from fengsui.platform.who import ENFORCERS, REGISTRARS, PostKind, Who
from fengsui.registry import classing, offers
from fengsui.registry.actions.premises import PREMISES_TYPE
from fengsui.registry.lifecycle import CLASS_TITLES, DECIDED, PremisesClass, State
from fengsui.registry.models import Premises

_SOURCE = "消防法 §17"
_SETTABLE = {one: CLASS_TITLES[one] for one in DECIDED}


class OtherClass(Form):
    premises_class: Annotated[PremisesClass, Titles(_SETTABLE)] = Field(title="类别")
    reason: str = Field(title="理由", min_length=5, max_length=200)
    source: str = Field(title="依据", min_length=2, max_length=200)


def is_registered(premises: Any, who: Who) -> None:
    if premises.state != State.REGISTERED:
        raise Refusal("premises-not-registered", name=premises.name)


@action(PREMISES_TYPE, None, "另定类别", posts=ENFORCERS, source=_SOURCE, guard=is_registered)
def reclassify(premises: Premises, call: Call, form: OtherClass) -> Outcome:
    """Another class than the rulebook's, with reason and source; the judged one takes it back.

    Refuses `class-not-settable`.
    """
    if form.premises_class not in DECIDED:
        raise Refusal("class-not-settable")
    same = form.premises_class == premises.judged_class
    return Outcome(
        changes={
            "premises_class": form.premises_class.value,
            "class_reason": "" if same else form.reason,
            "class_source": "" if same else form.source,
        },
        result={"reason": form.reason, "before": premises.premises_class},
    )


class Grading(Form):
    hazard_grade: Annotated[str, Offers(offers.grades)] = Field(title="危险等级", max_length=16)
    reason: str = Field(title="理由", min_length=5, max_length=200)


def _graded(premises: Premises) -> dict[str, object]:
    """The grade it has, else the one that its class suggests."""
    suggested = rules.table("GRADE-OF-CLASS", local_day(timezone.now()), premises.region)
    return {
        "hazard_grade": premises.hazard_grade or suggested.get(premises.premises_class, ""),
    }


@action(
    PREMISES_TYPE,
    None,
    "评定危险等级",
    posts=ENFORCERS,
    source=_SOURCE,
    guard=is_registered,
    starts=_graded,
    rules=("HAZARD-GRADES",),
)
def grade_premises(premises: Premises, call: Call, form: Grading) -> Outcome:
    """How dangerous it is, which says how often it is visited. Refuses `grade-unknown`."""
    known = rules.table("HAZARD-GRADES", local_day(call.at), premises.region)
    if form.hazard_grade not in known:
        raise Refusal("grade-unknown", grade=form.hazard_grade, known=list(known))
    return Outcome(
        changes={"hazard_grade": form.hazard_grade},
        result={"reason": form.reason, "before": premises.hazard_grade},
    )


@action(
    PREMISES_TYPE,
    None,
    "重新判定类别",
    posts=(*REGISTRARS, PostKind.CLOCK),
    source=_SOURCE,
    guard=is_registered,
)
def rejudge(premises: Premises, call: Call, _: Nothing) -> Outcome:
    """By the rules of today. What can no longer be judged says which facts it lacks."""
    facts = {name: getattr(premises, name) for name in LOOKED_AT}
    values = classing.classed(facts, local_day(call.at), later=True)
    values = classing.kept(classing.kept_flags(values, premises), premises)
    return Outcome(
        changes=values,
        result={"before": premises.judged_class, "class": values["judged_class"]},
    )


LOOKED_AT = (
    "name", "region", "kind", "area_m2", "floor_area_m2", "rooms", "beds", "seats", "people",
    "employees", "dormitory_people", "students", "floor", "underground", "county_level",
    "storage_t", "volume_m3", "goods_value_yuan",
)  # fmt: skip
