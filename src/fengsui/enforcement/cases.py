"""A case as outsiders describe it (JSON), with the rules in force for its date."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError

from fengsui.enforcement.rules import Limits, Matter, Proposal
from fengsui.kernel.refusal import Refusal
from fengsui.kernel.rulebook import PenaltiesRule, Rulebook
from fengsui.kernel.ruletypes import Penalty


class _Said(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Party(_Said):
    kind: Literal["unit", "person"]
    age: StrictInt | None = Field(default=None, ge=0, le=150)


class Proposed(_Said):
    fine: StrictInt | None = Field(default=None, ge=0)
    warning: StrictBool = False
    stop_business: StrictBool = False
    large_impact: StrictBool = False


class Case(_Said):
    """Unknown fields are left aside; what is not said counts as not established."""

    on: date
    party: Party
    code: str
    crowded: StrictBool = False
    facts_established: StrictBool = False
    no_fault_proved: StrictBool = False
    limitation_passed: StrictBool = False
    minor: StrictBool = False
    first: StrictBool = False
    harm: Literal["none", "slight", "serious"] = "serious"
    corrected_in_time: StrictBool = False
    ordered_and_overdue: StrictBool = False
    grade: str = ""
    proposed: Proposed = Proposed()


def read(said: Mapping[str, Any]) -> Case:
    """Refuses `case-invalid`, naming the field."""
    try:
        return Case.model_validate(said)
    except ValidationError as wrong:
        errors = wrong.errors(include_url=False)
        missing = [error for error in errors if error["type"] == "missing"]
        first = (missing or errors)[0]
        places = [".".join(map(str, error["loc"])) for error in missing or errors[:1]]
        place = "、".join(places)
        problem = "缺少" if first["type"] == "missing" else f"{first['input']!r} 不对"
        raise Refusal("case-invalid", field=place, problem=problem) from wrong


def settled(case: Case, book: Rulebook) -> tuple[Penalty, Matter, Limits]:
    """The act, the matter and the numbers of the case's date. Refuses `unknown-penalty`, `unknown-grade`."""
    limits = limits_on(case.on, book)
    if case.grade and case.grade not in limits.tiers:
        raise Refusal("unknown-grade", grade=case.grade, known=list(limits.tiers))
    told = case.model_dump(exclude={"on", "party", "code", "proposed"})
    matter = Matter(
        party=case.party.kind,
        age=case.party.age,
        proposed=Proposal(**case.proposed.model_dump()),
        **told,
    )
    return act_named(case.code, case.on, book), matter, limits


def act_named(code: str, on: date, book: Rulebook) -> Penalty:
    acts = [act for rule in book.rules(on) if isinstance(rule, PenaltiesRule) for act in rule.acts]
    for act in acts:
        if act.code == code:
            return act
    raise Refusal("unknown-penalty", code_=code, on=on, known=[act.code for act in acts])


def limits_on(on: date, book: Rulebook) -> Limits:
    """The thresholds of hearing and summary procedure, the age, and the tiers of discretion."""
    hearing = book.constraint_rule("G-HEAR", on).values
    summary = book.constraint_rule("G-SIMPLE", on).values
    tiers = book.value_rule("DISCRETION", on).value
    child = book.value_rule("CHILD", on).value
    if not isinstance(tiers, dict) or not isinstance(child, int):
        raise Refusal("rule-shape", rule="DISCRETION", wanted="表")
    return Limits(
        child,
        {kind: int(hearing[f"fine_{kind}"]) for kind in ("unit", "person")},
        {kind: int(summary[f"fine_{kind}"]) for kind in ("unit", "person")},
        {grade: _tier(str(span)) for grade, span in tiers.items()},
    )


def _tier(span: str) -> tuple[Decimal, Decimal]:
    low, _, high = span.partition("-")
    return Decimal(low), Decimal(high)
