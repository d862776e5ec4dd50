"""The class of a premises, settled from what is said of it: the rulebook's word, never a guess."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from fengsui.kernel.refusal import Refusal
from fengsui.kernel.rulebook import Rulebook
from fengsui.platform import rules
from fengsui.registry.lifecycle import PremisesClass
from fengsui.registry.models import Premises
from fengsui.registry.rules import Standards, in_force, judge, kind_of

_YES = "yes"
Values = dict[str, object]
# By the identities of rules, which these standards keep alive.
_DESCRIBED: dict[tuple[int, ...], Standards] = {}


def standards(on: date, region: str) -> Standards:
    """What is in force here. Refuses `rule-not-in-force`."""
    return _in_force(rules.rulebook(), on, region)


@lru_cache(maxsize=4_096)
def _in_force(book: Rulebook, on: date, region: str) -> Standards:
    """The same rules are one object for all regions, so that they are described once."""
    found = in_force(book, on, region)
    parts = (found.kinds, *(rule for _class, rule in found.classes))
    return _DESCRIBED.setdefault(tuple(map(id, parts)), found)


def classed(facts: Mapping[str, Any], on: date, *, later: bool = False) -> Values:
    """Kind, class and why, as fields of a premises; with `later`, a missing fact leaves it open.

    Refuses `unknown-kind`, `facts-missing`, `fact-invalid`.
    """
    return classed_by(standards(on, str(facts["region"])), facts, on, later=later)


def classed_by(
    current: Standards, facts: Mapping[str, Any], on: date, *, later: bool = False
) -> Values:
    """The same where the standards of the place are at hand, as for the rows of a table."""
    kind = kind_of(str(facts["kind"]), current.kinds).name if facts.get("kind") else ""
    stamped = {"kind": kind, "judged_on": on, "judged_by": current.mark}
    try:
        return {**stamped, **_judged(kind, facts, current), "missing": []}
    except Refusal as no:
        if not later or no.code != "facts-missing":
            raise
        return {**stamped, **_open(kind, current), "missing": no.facts["asked"]}


def _judged(kind: str, facts: Mapping[str, Any], current: Standards) -> Values:
    if not kind:
        name = facts.get("name", "")
        raise Refusal("facts-missing", fields=["kind"], asked=["场所种类"], kind=name)
    judged = judge(kind, facts, current)
    return {
        "judged_class": judged.premises_class.value,
        "category": judged.category,
        "public_assembly": judged.public_assembly,
        "crowded": judged.crowded,
        "because": [
            {
                "threshold": why.threshold,
                "value": why.value,
                "source": why.source,
                "tag": why.tag,
            }
            for why in judged.because
        ],
    }


def _open(kind: str, current: Standards) -> Values:
    """The kind alone says what the law calls the place; the class waits for the missing facts."""
    known = kind_of(kind, current.kinds) if kind else None
    return {
        "judged_class": PremisesClass.UNJUDGED.value,
        "category": "",
        "public_assembly": bool(known and known.public_assembly),
        "crowded": bool(known and known.crowded),
        "because": [],
    }


def flagged(
    values: Values, public_assembly: str | None, crowded: str | None, reason: str
) -> Values:
    """The two flags as the kind has them, or as an officer says with a reason.

    Refuses `flags-reason-missing`, `flags-not-nested` (消防法 §73).
    """
    said = {
        "public_assembly": _flag(public_assembly, values["public_assembly"]),
        "crowded": _flag(crowded, values["crowded"]),
    }
    differs = any(said[name] != values[name] for name in said)
    if differs and not reason:
        raise Refusal("flags-reason-missing", kind=values["kind"] or "未填种类")
    if said["public_assembly"] and not said["crowded"]:
        raise Refusal("flags-not-nested")
    return {**values, **said, "flags_reason": reason if differs else ""}


def _flag(said: str | None, default: object) -> bool:
    return bool(default) if said is None else said == _YES


def holding(values: Values, premises: Premises | None) -> Values:
    """The class that holds: what was judged, unless an officer had set another."""
    if premises is not None and premises.class_reason:
        return {**values, "premises_class": premises.premises_class}
    return {**values, "premises_class": values["judged_class"]}


def kept(values: Values, premises: Premises) -> Values:
    """As `holding`, where nobody said anything new about the place: a class once decided holds until
    another is decided, though the rules may ask for a fact that is missing."""
    undecided = values["judged_class"] == PremisesClass.UNJUDGED
    if undecided or premises.class_reason:
        return {**values, "premises_class": premises.premises_class}
    return {**values, "premises_class": values["judged_class"]}


def kept_flags(values: Values, premises: Premises) -> Values:
    """Flags that an officer set stay set when only the rules changed."""
    if not premises.flags_reason:
        return values
    return {**values, "public_assembly": premises.public_assembly, "crowded": premises.crowded}
