"""Which class a place is of, by the thresholds in force; and whether a credit code can be true.

Judged in three values: met, not met, or not known. A higher class is decided before a lower one, and
what is not known is asked for, never guessed (law of the region, 消防法 §17, §73).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from fengsui.kernel import canonical
from fengsui.kernel.refusal import Refusal
from fengsui.kernel.rulebook import Rulebook
from fengsui.kernel.ruletypes import Kind, KindsRule, Threshold, ThresholdRule
from fengsui.registry.lifecycle import PremisesClass

# A storey is never larger than its building; a hall counted by its seats holds at least these.
_AT_MOST = {"floor_area_m2": "area_m2"}
_STANDS_FOR = {"people": "seats"}
_ANSWERS = frozenset({"underground", "county_level"})
# GB 32100-2015: the 18 signs of a unified social credit code and their weights.
_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@dataclass(frozen=True, slots=True)
class Because:
    """One threshold that decided, or that was not reached: in words, the value seen, the source."""

    threshold: str
    value: object
    source: str
    tag: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """The class of a place, what the law calls it, and why; of a small one also its category."""

    premises_class: PremisesClass
    public_assembly: bool
    crowded: bool
    because: tuple[Because, ...]
    category: str = ""


@dataclass(frozen=True)
class Standards:
    """What is in force for a place and date: words, and the thresholds of each class, highest first."""

    kinds: KindsRule
    classes: Sequence[tuple[PremisesClass, ThresholdRule]]

    @cached_property
    def mark(self) -> str:
        """A short name of these very rules: another one as soon as a word or a number changes."""
        whole = [rule.model_dump(mode="json") for _, rule in self.classes]
        whole.append(self.kinds.model_dump(mode="json"))
        return canonical.digest(whole).hex()[:16]


def in_force(book: Rulebook, on: date, region: str) -> Standards:
    """The words and thresholds of a place and day. Refuses `rule-not-in-force` where none is known."""
    classes = [
        (PremisesClass.HIGH_RISK, book.threshold_rule("PREMISES-HIGH-RISK", on, region)),
        (PremisesClass.KEY, book.threshold_rule("PREMISES-KEY", on, region)),
        (PremisesClass.SMALL, book.threshold_rule("PREMISES-SMALL", on, region)),
    ]
    return Standards(book.kinds_rule("PREMISES-KINDS", on, region), classes)


def kind_of(word: str, rule: KindsRule) -> Kind:
    """The kind of place that a word means. Refuses `unknown-kind`, naming those known."""
    for kind in rule.kinds:
        if word == kind.name or word in kind.also:
            return kind
    raise Refusal("unknown-kind", kind=word, known=[kind.name for kind in rule.kinds])


def judge(word: str, facts: Mapping[str, Any], standards: Standards) -> Judgement:
    """The class of a place. Refuses `unknown-kind`, `facts-missing`, `fact-invalid`."""
    kind = kind_of(word, standards.kinds)
    known = _numbers(facts, standards.kinds)
    fallen: list[Because] = []
    for premises_class, rule in standards.classes:
        mine = [threshold for threshold in rule.thresholds if kind.name in threshold.kinds]
        if met := [threshold for threshold in mine if _holds(threshold, known) is True]:
            category = met[0].item if premises_class is PremisesClass.SMALL else ""
            return _judgement(premises_class, kind, [_because(met[0], known, rule)], category)
        if missing := _unknown(mine, known):
            asked = [standards.kinds.fields[name] for name in missing]
            raise Refusal("facts-missing", fields=missing, asked=asked, kind=kind.name)
        fallen += [_because(threshold, known, rule) for threshold in mine]
    return _judgement(PremisesClass.ORDINARY, kind, fallen)


def asked_of(kind: Kind, standards: Standards) -> tuple[str, ...]:
    """The facts that the thresholds of a kind look at, in the order in which they are judged."""
    mine = [
        threshold
        for _, rule in standards.classes
        for threshold in rule.thresholds
        if kind.name in threshold.kinds
    ]
    return tuple(dict.fromkeys(name for threshold in mine for name in _fields(threshold)))


def _judgement(
    premises_class: PremisesClass, kind: Kind, because: list[Because], category: str = ""
) -> Judgement:
    return Judgement(premises_class, kind.public_assembly, kind.crowded, tuple(because), category)


def _numbers(facts: Mapping[str, Any], rule: KindsRule) -> dict[str, Decimal | bool]:
    """The fields that thresholds look at; null and empty are unknown. Refuses `fact-invalid`."""
    known = {
        name: _number(name, facts[name], title)
        for name, title in rule.fields.items()
        if facts.get(name) not in (None, "")
    }
    if "floor" in known:
        known.setdefault("underground", known["floor"] < 1)
    return known


def _number(name: str, value: object, title: str) -> Decimal | bool:
    if isinstance(value, bool) and name in _ANSWERS:
        return value
    try:
        number = Decimal(str(value))
    except ArithmeticError:
        raise Refusal("fact-invalid", field=name, title=title, value=value) from None
    if not number.is_finite() or (number < 0 and name != "floor"):
        raise Refusal("fact-invalid", field=name, title=title, value=value)
    return number


def _holds(threshold: Threshold, known: Mapping[str, Decimal | bool]) -> bool | None:
    """True, False, or None where a needed value is not known; one False is enough for False."""
    answers = list(_answers(threshold, known))
    if False in answers:
        return False
    return None if None in answers else True


def _answers(threshold: Threshold, known: Mapping[str, Decimal | bool]) -> Iterable[bool | None]:
    for name in threshold.only_if:
        yield bool(known[name]) if name in known else None
    for name, number in threshold.at_least.items():
        yield _compared(name, known, lambda value, n=number: value >= n)
    for name, number in threshold.more_than.items():
        yield _compared(name, known, lambda value, n=number: value > n)
    for name, number in threshold.at_most.items():
        value = _value(name, known)
        yield None if value is None else value <= number
    for name, number in threshold.below.items():
        value = _value(name, known)
        yield None if value is None else value < number


def _compared(name: str, known: Mapping[str, Decimal | bool], reaches: Any) -> bool | None:
    """Whether a value reaches a number; a part that is not known fails where its whole does not reach."""
    value = _value(name, known)
    if value is not None:
        return bool(reaches(value))
    whole = _value(_AT_MOST[name], known) if name in _AT_MOST else None
    return False if whole is not None and not reaches(whole) else None


def _value(name: str, known: Mapping[str, Decimal | bool]) -> Decimal | None:
    value = known.get(name, known.get(_STANDS_FOR.get(name, "")))
    return None if value is None or isinstance(value, bool) else value


def _unknown(mine: Iterable[Threshold], known: Mapping[str, Decimal | bool]) -> list[str]:
    """Fields without which it cannot be told whether one of these is met, in their order."""
    undecided = [threshold for threshold in mine if _holds(threshold, known) is None]
    wanted = [name for threshold in undecided for name in _fields(threshold)]
    missing = [
        name for name in wanted if name not in known and _STANDS_FOR.get(name, "") not in known
    ]
    return list(dict.fromkeys(missing))


def _fields(threshold: Threshold) -> list[str]:
    numbers = (threshold.at_least, threshold.more_than, threshold.at_most, threshold.below)
    return [*threshold.only_if, *(name for group in numbers for name in group)]


def _because(
    threshold: Threshold, known: Mapping[str, Decimal | bool], rule: ThresholdRule
) -> Because:
    seen = [known.get(name, known.get(_STANDS_FOR.get(name, ""))) for name in _fields(threshold)]
    values = [_plain(value) for value in seen if value is not None]
    value = values[-1] if values else threshold.kinds[0]
    return Because(threshold.title, value, f"{rule.source} {threshold.item}".strip(), threshold.tag)


def _plain(value: Decimal | bool) -> object:
    if isinstance(value, bool):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def credit_code_problem(code: str) -> str:
    """What is wrong with a unified social credit code (GB 32100-2015), in Chinese; "" if nothing."""
    if not re.fullmatch(rf"[{_SIGNS}]{{18}}", code):
        return "应为 18 位数字和大写字母，不用 I、O、S、V、Z"
    total = sum(_SIGNS.index(sign) * weight for sign, weight in zip(code, _WEIGHTS, strict=False))
    check = _SIGNS[(31 - total % 31) % 31]
    return "" if check == code[-1] else "最后一位校验码不对，请核对是否录错"
