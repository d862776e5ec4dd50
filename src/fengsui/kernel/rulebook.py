"""Rules as dated data: what the law sets as a number, with source, evidence tag and validity.

A rule is written in YAML (`*/rulebook/*.yaml`, form: docs/rulebook.md) and never in code. Several
versions of one id may exist; the one in force on the date of the act holds (行政处罚法 §37). A
local override file replaces shipped rules inside its region and from its date on.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, model_validator

from fengsui.kernel.refusal import Refusal
from fengsui.kernel.rulefiles import Entry, invalid, read_entries, validate

Unit = Literal["wd", "cd", "h", "mo", "y"]
Every = Literal["h", "d", "hmo", "mo", "y"]
_GRADE = r"(VL|VP|VP-code|VP-weak|K|D|A)"
Tag = Annotated[str, Field(pattern=rf"^{_GRADE}(\+{_GRADE})*$")]
Region = Annotated[str, Field(pattern=r"^[0-9]{0,12}$")]
Number = int | Decimal
Count = Annotated[int, Field(strict=True, ge=1)]


def _several(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_several)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class RuleBase(_Model):
    """What every rule says of itself. `effective_to` is the last day in force."""

    id: str = Field(pattern=r"^[A-Za-z0-9-]+$")
    title: str = Field(min_length=2)
    source: str = Field(min_length=1)
    cites: Words = ()
    tag: Tag
    effective_from: date
    effective_to: date | None = None
    region: Region = ""
    text: str = Field(min_length=4)

    @model_validator(mode="after")
    def _dates_in_order(self) -> "RuleBase":
        if self.effective_to is not None and self.effective_to < self.effective_from:
            raise ValueError("effective_to 早于 effective_from")
        return self

    def in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


class DeadlineRule(RuleBase):
    """A period from an event (`start`), or back from one (`before`).

    `n` is None for a term that an officer sets. `ext` adds to it for a named ground. `party`: it
    binds the party, not the agency. `roll`: an end on a day off moves to the next working day.
    """

    type: Literal["deadline"] = "deadline"
    start: Words = ()
    before: str = ""
    n: Count | None = None
    unit: Unit
    ext: dict[str, Count] = Field(default_factory=dict)
    party: bool = False
    roll: bool = False
    first_day_in: bool = False
    out: str = ""
    when: str = ""

    @model_validator(mode="after")
    def _makes_sense(self) -> "DeadlineRule":
        if bool(self.start) == bool(self.before):
            raise ValueError("start 与 before 必须且只能写一个")
        if self.roll and not self.party:
            raise ValueError("机关的期限不顺延：roll 只能与 party 同用")
        if self.before and self.unit in ("mo", "y"):
            raise ValueError("before 只支持 wd、cd、h")
        if self.first_day_in and self.unit != "cd":
            raise ValueError("first_day_in 只用于 cd")
        return self


class ConstraintRule(RuleBase):
    """A condition that an act must meet; `values` are the law's numbers that code reads."""

    type: Literal["constraint"] = "constraint"
    rule: str = Field(min_length=2)
    values: dict[str, Number] = Field(default_factory=dict)
    conditions: Words = ()


class FrequencyRule(RuleBase):
    """At least once every `n` units of `every`: hour, day, half month, month, year."""

    type: Literal["frequency"] = "frequency"
    who: Annotated[Words, Field(min_length=1)]
    what: Annotated[Words, Field(min_length=1)]
    n: Count
    every: Every
    plus: Words = ()


class ValueRule(RuleBase):
    """A number, list or table with its unit."""

    type: Literal["value"] = "value"
    value: Number | tuple[Number | str, ...] | dict[str, Number | str]
    unit: str = ""


class Basis(_Model):
    """One legal basis of a checklist item and how well it is known."""

    cite: str
    tag: Tag


class Suggestion(_Model):
    """A cause or penalty code that an officer may consider; never an automatic finding."""

    code: str
    note: str = ""


class ChecklistItem(_Model):
    """One thing to look at. `tag` grades the wording, each basis has its own."""

    code: str = Field(pattern=r"^[A-Z][A-Z0-9-]*$")
    title: str = Field(min_length=2)
    text: str = Field(min_length=4)
    only: str = ""
    basis: Annotated[tuple[Basis, ...], Field(min_length=1)]
    maps_to: tuple[Suggestion, ...] = ()
    method: Annotated[tuple[Literal["查资料", "实地", "测试", "询问"], ...], Field(min_length=1)]
    tag: Tag


class ChecklistRule(RuleBase):
    """A dated list of inspection items."""

    type: Literal["checklist"] = "checklist"
    industry: str = ""
    items: Annotated[tuple[ChecklistItem, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _codes_differ(self) -> "ChecklistRule":
        codes = [item.code for item in self.items]
        for code in codes:
            if codes.count(code) > 1:
                raise ValueError(f"检查项代码 {code} 重复")
        return self


Rule = Annotated[
    DeadlineRule | ConstraintRule | FrequencyRule | ValueRule | ChecklistRule,
    Field(discriminator="type"),
]
AnyRule = DeadlineRule | ConstraintRule | FrequencyRule | ValueRule | ChecklistRule
R = TypeVar("R", bound=RuleBase)
_RULE: TypeAdapter[AnyRule] = TypeAdapter(Rule)


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
            validity = [_validity(rule) for _, rule in self._known(id)]
            raise Refusal("rule-not-in-force", id=id, on=on, region=region, versions=validity)
        return max(found, key=lambda row: row[:2])[2]

    def rules(self, on: date | None = None, region: str = "") -> list[AnyRule]:
        """Every version of every rule, or with `on` the one in force of each; by id."""
        if on is None:
            rows = [rule for versions in self._versions.values() for _, rule in versions]
            return sorted(rows, key=lambda rule: (rule.id, rule.effective_from, rule.region))
        return [
            self.rule(id, on, region) for id in sorted(self._versions) if self._has(id, on, region)
        ]

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

    def _typed(self, kind: type[R], id: str, on: date, region: str) -> R:
        rule = self.rule(id, on, region)
        if not isinstance(rule, kind):
            raise Refusal("wrong-rule-type", id=id, type=rule.type, wanted=kind.__name__)
        return rule

    def _known(self, id: str) -> list[tuple[bool, AnyRule]]:
        if id not in self._versions:
            raise Refusal("unknown-rule", id=id, remedy="用 fengsui rule list 查看全部规则")
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
            problem = f"与同一规则的另一版本（{_validity(other)}）有效期重叠"
            raise invalid(entry, "effective_from", problem, "给旧版本写上 effective_to")


def _validity(rule: RuleBase) -> str:
    end = rule.effective_to.isoformat() if rule.effective_to else "今"
    return f"{rule.effective_from.isoformat()} 至{end}" + (
        f"，区划 {rule.region}" if rule.region else ""
    )
