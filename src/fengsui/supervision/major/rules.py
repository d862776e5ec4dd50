"""Is it a major hazard? By the elements of the standard's edition (GB 35181, dated), purely.

Counted are elements present that cannot be corrected at once; one exclusion that holds ends it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fengsui.kernel.refusal import Refusal
from fengsui.kernel.ruletypes import Combination, StandardRule

MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Determination:
    """`major` is None where the edition's items are not at hand: people decide by the text."""

    major: bool | None
    rule: str | None
    counted: tuple[str, ...]
    reasons: tuple[str, ...]


def determine(
    standard: StandardRule,
    places: Sequence[str],
    elements: Sequence[str],
    immediate: Iterable[str] = (),
    excluded: Sequence[str] = (),
) -> Determination:
    """Refuses `unknown-element`, `unknown-place`, `unknown-exclusion`, naming what is known."""
    if not standard.loaded:
        reason = (
            f"{standard.edition} 的条款没有收录，不能自动判定；请对照标准集体研究后人工登记结论"
        )
        return Determination(None, MANUAL, (), (reason,))
    at_once = set(immediate)
    _check(standard, places, [*elements, *at_once], excluded)
    counted = tuple(code for code in dict.fromkeys(elements) if code not in at_once)
    left_out = [f"{code} 能够立即改正，不计" for code in dict.fromkeys(elements) if code in at_once]
    if held := [f"{code}：{standard.exclusions[code]}" for code in excluded]:
        return Determination(
            False, excluded[0], counted, (*left_out, *(f"不判定情形 {one}" for one in held))
        )
    return _by_elements(standard, places, counted, tuple(left_out))


def _by_elements(
    standard: StandardRule, places: Sequence[str], counted: tuple[str, ...], said: tuple[str, ...]
) -> Determination:
    direct = [element for element in standard.direct if element.code in counted]
    if direct:
        reasons = [f"直接判定要素 {element.code}：{element.text}" for element in direct]
        return Determination(True, direct[0].code, counted, (*said, *reasons))
    reasons = list(said)
    for combination in standard.combinations:
        if not set(places) & set(combination.places):
            continue
        hits = _hits(combination, counted)
        reasons.append(
            f"{combination.code}：{'、'.join(combination.places)}，要素 {len(hits)} 条，"
            f"{'达到' if len(hits) >= combination.n else '未达到'} {combination.n} 条"
        )
        if len(hits) >= combination.n:
            return Determination(True, combination.code, counted, tuple(reasons))
    return Determination(False, None, counted, tuple(reasons))


def _hits(combination: Combination, counted: Iterable[str]) -> list[str]:
    allowed = set(combination.elements)
    return [code for code in counted if not allowed or code in allowed]


def _check(
    standard: StandardRule,
    places: Sequence[str],
    elements: Iterable[str],
    excluded: Iterable[str],
) -> None:
    known = [element.code for element in (*standard.direct, *standard.comprehensive)]
    for code in elements:
        if code not in known:
            raise Refusal("unknown-element", element=code, edition=standard.edition, known=known)
    for place in places:
        if place not in standard.places:
            raise Refusal("unknown-place", place=place, known=standard.places)
    for code in excluded:
        if code not in standard.exclusions:
            raise Refusal("unknown-exclusion", exclusion=code, known=list(standard.exclusions))
