"""Must, may or must not a penalty follow, how high, and through which gates (行政处罚法; law.md 3.2–3.4).

Pure judgements on plain values. Tests of §3.2 are taken in their order, the first that holds decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from fengsui.kernel.ruletypes import Penalty, Sanction

Outcome = Literal["must_not", "may_not", "punish"]
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the officer means to impose; fine in yuan."""

    fine: int | None = None
    warning: bool = False
    stop_business: bool = False
    large_impact: bool = False


@dataclass(frozen=True, slots=True)
class Matter:
    """What is established about one act of one party."""

    party: Literal["unit", "person"]
    age: int | None = None
    crowded: bool = False
    facts_established: bool = False
    no_fault_proved: bool = False
    limitation_passed: bool = False
    minor: bool = False
    first: bool = False
    harm: Literal["none", "slight", "serious"] = "serious"
    corrected_in_time: bool = False
    ordered_and_overdue: bool = False
    grade: str = ""
    proposed: Proposal = field(default_factory=Proposal)


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers of the gates, from the rulebook: G-HEAR, G-SIMPLE, CHILD, DISCRETION."""

    child: int
    hearing: Mapping[str, int]
    summary: Mapping[str, int]
    tiers: Mapping[str, tuple[Decimal, Decimal]]


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why a decision cannot be made so, and by which article."""

    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Judgement:
    outcome: Outcome
    ground: str
    range: Range | None
    graded_range: Range | None
    procedure: Literal["summary", "ordinary"]
    gates: Mapping[str, bool]
    blocked: tuple[Blocked, ...]
    sources: tuple[str, ...]


def judge(act: Penalty, matter: Matter, limits: Limits) -> Judgement:
    """Everything the file must settle before a decision on `act`."""
    outcome, ground = outcome_of(act, matter, limits)
    sanction = act.unit if matter.party == "unit" else act.person
    spread = sanction.fine if sanction and outcome != "must_not" else None
    graded = graded_range(spread, matter.grade, limits.tiers)
    gates = gates_of(matter, limits)
    blocked = () if outcome == "must_not" else tuple(_blocks(act, matter, sanction, graded))
    return Judgement(
        outcome,
        ground,
        spread,
        graded,
        procedure_of(matter, limits),
        gates,
        blocked,
        _sources(act, ground, gates, blocked),
    )


def outcome_of(act: Penalty, matter: Matter, limits: Limits) -> tuple[Outcome, str]:
    """The first test of law.md 3.2 that holds, with its article."""
    if matter.party == "person" and matter.age is not None and matter.age < limits.child:
        return "must_not", "行政处罚法30"
    if matter.limitation_passed:
        return "must_not", "行政处罚法36"
    if not matter.facts_established:
        return "must_not", "行政处罚法57(1)(三)"
    if matter.no_fault_proved:
        return "must_not", "行政处罚法33(2)"
    if matter.minor and matter.corrected_in_time and matter.harm == "none":
        return "must_not", "行政处罚法33(1)"
    if matter.first and matter.corrected_in_time and matter.harm in ("none", "slight"):
        return "may_not", "行政处罚法33(1)"
    return "punish", act.cite


def graded_range(
    spread: Range | None, grade: str, tiers: Mapping[str, tuple[Decimal, Decimal]]
) -> Range | None:
    """low = min + p0·(max − min), high likewise; whole yuan (law.md 1.5)."""
    if spread is None or grade not in tiers:
        return None
    low, high = tiers[grade]
    width = spread[1] - spread[0]
    return spread[0] + int(width * low), spread[0] + int(width * high)


def gates_of(matter: Matter, limits: Limits) -> dict[str, bool]:
    """Hearing (§63), legal review (§58), collective discussion (§57(2)), the government (消防法 §70(4))."""
    proposed = matter.proposed
    hearing = proposed.stop_business or (proposed.fine or 0) >= limits.hearing[matter.party]
    government = proposed.stop_business and proposed.large_impact
    return {
        "hearing": hearing,
        "legal_review": hearing or government,
        "collective": hearing or government,
        "government_reply": government,
    }


def procedure_of(matter: Matter, limits: Limits) -> Literal["summary", "ordinary"]:
    """§51: facts clear, and a warning or a small fine."""
    proposed = matter.proposed
    if proposed.stop_business or not matter.facts_established:
        return "ordinary"
    if proposed.fine:
        return "summary" if proposed.fine <= limits.summary[matter.party] else "ordinary"
    return "summary" if proposed.warning else "ordinary"


def _blocks(
    act: Penalty, matter: Matter, sanction: Sanction | None, graded: Range | None
) -> Iterable[Blocked]:
    yield from _authority(act)
    if sanction is None:
        whom = "单位" if matter.party == "unit" else "个人"
        yield Blocked(f"这一案由不处罚{whom}", act.cite)
        return
    yield from _preconditions(act, matter)
    yield from _kinds(act, matter.proposed, sanction)
    yield from _amount(act, matter.proposed.fine, sanction.fine, graded)


def _authority(act: Penalty) -> Iterable[Blocked]:
    others = {
        "housing": ("由住房和城乡建设主管部门处罚，应当移送", act.cite),
        "police": ("由公安机关处罚，应当移送；行政拘留只能由公安机关决定", "消防法70(1)"),
        "market": ("由市场监督管理部门处罚，应当移送", act.cite),
    }
    if act.authority in others:
        yield Blocked(*others[act.authority])


def _preconditions(act: Penalty, matter: Matter) -> Iterable[Blocked]:
    if "crowded" in act.needs and not matter.crowded:
        yield Blocked("只适用于人员密集场所", act.cite)
    if matter.ordered_and_overdue:
        return
    words = {
        "overdue": "须先送达责令限期改正通知书，并经复查证明逾期未改正",
        "notified": "须先通知消除隐患，并证明通知后没有及时消除",
        "refused": "须有责令改正和拒不改正的记录",
    }
    for need in act.needs:
        if need in words:
            yield Blocked(words[need], act.cite)


def _kinds(act: Penalty, proposed: Proposal, sanction: Sanction) -> Iterable[Blocked]:
    imposes = proposed.fine is not None or proposed.warning or proposed.stop_business
    if proposed.warning and not sanction.warning:
        yield Blocked("这一案由没有警告的处罚", act.cite)
    if proposed.stop_business and not (sanction.stop_business or sanction.may_stop):
        yield Blocked("这一案由没有停产停业、停止使用的处罚", act.cite)
    if imposes and sanction.stop_business and not proposed.stop_business:
        yield Blocked("停产停业、停止使用与罚款应当一并处罚", act.cite)
    if proposed.stop_business and proposed.large_impact:
        yield Blocked(
            "影响较大的停产停业须报请本级人民政府决定，登记政府答复前不能作出", "消防法70(4)"
        )


def _amount(
    act: Penalty, fine: int | None, spread: Range | None, graded: Range | None
) -> Iterable[Blocked]:
    if fine is None:
        return
    if spread is None:
        if fine:
            yield Blocked("这一案由没有罚款", act.cite)
    elif fine > spread[1]:
        yield Blocked(f"罚款 {fine} 元超过上限 {spread[1]} 元", act.cite)
    elif fine < spread[0]:
        yield Blocked(
            f"罚款 {fine} 元低于下限 {spread[0]} 元，属于减轻处罚，须有法定减轻情形并经批准",
            "行政处罚法32",
        )
    elif graded and not graded[0] <= fine <= graded[1]:
        yield Blocked(f"罚款 {fine} 元不在所选档次 {graded[0]}–{graded[1]} 元之内", "行政处罚法34")


def _sources(
    act: Penalty, ground: str, gates: Mapping[str, bool], blocked: Iterable[Blocked]
) -> tuple[str, ...]:
    articles = {
        "hearing": "行政处罚法63",
        "legal_review": "行政处罚法58",
        "collective": "行政处罚法57(2)",
        "government_reply": "消防法70(4)",
    }
    opened = [articles[gate] for gate, needed in gates.items() if needed]
    return tuple(dict.fromkeys([act.cite, ground, *opened, *(one.source for one in blocked)]))
