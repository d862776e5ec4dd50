"""Rules as dated data: what the law sets as a number, with source, evidence tag and validity.

A rule is written in YAML (`*/rulebook/*.yaml`, form: docs/rulebook.md) and never in code. Several
versions of one id may exist; the one in force on the date of the act holds (行政处罚法 §37). A
local override file replaces shipped rules inside its region and from its date on.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import Field, TypeAdapter

from fengsui.kernel.refusal import Refusal
from fengsui.kernel.rulefiles import Entry, invalid, read_entries, validate
from fengsui.kernel.ruletypes import (
    AnyRule,
    ChecklistItem,
    ChecklistRule,
    ConstraintRule,
    DeadlineRule,
    FrequencyRule,
    KindsRule,
    PenaltiesRule,
    RuleBase,
    StandardRule,
    ThresholdRule,
    ValueRule,
)

__all__ = [
    "AnyRule",
    "ChecklistItem",
    "ChecklistRule",
    "ConstraintRule",
    "DeadlineRule",
    "FrequencyRule",
    "KindsRule",
    "PenaltiesRule",
    "Rulebook",
    "StandardRule",
    "ThresholdRule",
    "ValueRule",
    "shipped_paths",
    "shipped_rulebook",
    "validity",
]

R = TypeVar("R", bound=RuleBase)
_RULE: TypeAdapter[AnyRule] = TypeAdapter(Annotated[AnyRule, Field(discriminator="type")])


class Rulebook:
    """All versions of all rules. Immutable after loading."""

    def __init__(self, shipped: Iterable[AnyRule], local: Iterable[AnyRule] = ()) -> None:
        self._versions: dict[str, list[tuple[bool, AnyRule]]] = {}
        for is_local, rules in ((False, shipped), (True, local)):
            for rule in rules:
                self._versions.setdefault(rule.id, []).append((is_local, rule))

    @classmethod
    def load(cls, paths: Iterable[Path], overrides: Iterable[Path] = ()) -> "Rulebook":
        """Read rule files. Refuses `rulebook-invalid`, naming file, index, field and remedy."""
        shipped = _read(paths)
        local = _read(overrides, replacing={rule.id: rule for rule in shipped})
        return cls(shipped, local)

    def rule(self, id: str, on: date, region: str = "") -> AnyRule:
        """The version in force on `on` in `region` (12-digit code or a prefix of one).

        A local override wins over shipped rules, then the longer region prefix wins.
        Refuses `unknown-rule`, `rule-not-in-force`.
        """
        found = [
            (is_local, len(rule.region), rule)
            for is_local, rule in self._known(id)
            if rule.in_force(on) and region.startswith(rule.region)
        ]
        if not found:
            versions = [validity(rule) for _, rule in self._known(id)]
            raise Refusal("rule-not-in-force", id=id, on=on, region=region, versions=versions)
        return max(found, key=lambda row: row[:2])[2]

    def rules(self, on: date | None = None, region: str = "") -> list[AnyRule]:
        """Every version of every rule, or with `on` the one in force of each; by id."""
        if on is None:
            rows = [rule for versions in self._versions.values() for _, rule in versions]
            return sorted(rows, key=lambda rule: (rule.id, rule.effective_from, rule.region))
        return [
            self.rule(id, on, region) for id in sorted(self._versions) if self._has(id, on, region)
        ]

    def everywhere(self, on: date) -> list[AnyRule]:
        """In force on `on`: of each rule the one for the whole country and each region's own."""
        return [
            found
            for id in sorted(self._versions)
            for region in sorted({one.region for _, one in self._versions[id] if one.in_force(on)})
            if (found := self.rule(id, on, region)).region == region
        ]

    def anywhere(self, id: str, on: date) -> AnyRule:
        """The rule for the whole country; one that only regions have, as it is in the first.

        Refuses `unknown-rule`, `rule-not-in-force`.
        """
        regions = sorted(rule.region for _, rule in self._known(id) if rule.in_force(on))
        return self.rule(id, on, regions[0] if regions else "")

    def deadline_rule(self, id: str, on: date, region: str = "") -> DeadlineRule:
        return self._typed(DeadlineRule, id, on, region)

    def constraint_rule(self, id: str, on: date, region: str = "") -> ConstraintRule:
        return self._typed(ConstraintRule, id, on, region)

    def frequency_rule(self, id: str, on: date, region: str = "") -> FrequencyRule:
        return self._typed(FrequencyRule, id, on, region)

    def value_rule(self, id: str, on: date, region: str = "") -> ValueRule:
        return self._typed(ValueRule, id, on, region)

    def checklist_rule(self, id: str, on: date, region: str = "") -> ChecklistRule:
        return self._typed(ChecklistRule, id, on, region)

    def threshold_rule(self, id: str, on: date, region: str = "") -> ThresholdRule:
        return self._typed(ThresholdRule, id, on, region)

    def kinds_rule(self, id: str, on: date, region: str = "") -> KindsRule:
        return self._typed(KindsRule, id, on, region)

    def standard_rule(self, id: str, on: date, region: str = "") -> StandardRule:
        return self._typed(StandardRule, id, on, region)

    def penalties_rule(self, id: str, on: date, region: str = "") -> PenaltiesRule:
        return self._typed(PenaltiesRule, id, on, region)

    def _typed(self, kind: type[R], id: str, on: date, region: str) -> R:
        rule = self.rule(id, on, region)
        if not isinstance(rule, kind):
            raise Refusal("wrong-rule-type", id=id, type=rule.type, wanted=kind.__name__)
        return rule

    def _known(self, id: str) -> list[tuple[bool, AnyRule]]:
        if id not in self._versions:
            parts = [name for name in (f"{id}a", f"{id}b") if name in self._versions]
            remedy = f"它有几个期限，请分别查 {'、'.join(parts)}" if parts else "请核对编号"
            raise Refusal("unknown-rule", id=id, remedy=remedy)
        return self._versions[id]

    def _has(self, id: str, on: date, region: str) -> bool:
        return any(
            rule.in_force(on) and region.startswith(rule.region) for _, rule in self._versions[id]
        )


def shipped_paths() -> list[Path]:
    """The rule files of all packages of the product, in a stable order."""
    return sorted(Path(__file__).parents[1].glob("*/rulebook/*.yaml"))


@cache
def shipped_rulebook() -> Rulebook:
    """The rulebook that comes with this version of the product, without local overrides."""
    return Rulebook.load(shipped_paths())


def _read(paths: Iterable[Path], replacing: Mapping[str, AnyRule] | None = None) -> list[AnyRule]:
    rules: list[AnyRule] = []
    for path in paths:
        for entry in read_entries(path):
            rule = validate(_RULE, entry)
            if replacing is not None:
                _check_override(entry, rule, replacing)
            _check_overlap(entry, rule, rules)
            rules.append(rule)
    return rules


def _check_override(entry: Entry, rule: AnyRule, shipped: Mapping[str, AnyRule]) -> None:
    if rule.id not in shipped:
        raise invalid(entry, "id", f"没有可替换的规则 {rule.id}", "写出随产品发布的规则编号")
    if "region" not in entry.fields:
        raise invalid(entry, "region", "本地规则必须写明适用区划", "填写区划代码前缀，全域填空串")
    if rule.type != shipped[rule.id].type:
        raise invalid(entry, "type", f"类型应为 {shipped[rule.id].type}", "与被替换的规则一致")


def _check_overlap(entry: Entry, rule: AnyRule, earlier: Iterable[AnyRule]) -> None:
    for other in earlier:
        same = other.id == rule.id and other.region == rule.region
        if same and (other.in_force(rule.effective_from) or rule.in_force(other.effective_from)):
            problem = f"与同一规则的另一版本（{validity(other)}）有效期重叠"
            raise invalid(entry, "effective_from", problem, "给旧版本写上 effective_to")


def validity(rule: RuleBase) -> str:
    """From when to when a rule holds, and where, in words."""
    end = rule.effective_to.isoformat() if rule.effective_to else "今"
    return f"{rule.effective_from.isoformat()} 至{end}" + (
        f"，区划 {rule.region}" if rule.region else ""
    )
