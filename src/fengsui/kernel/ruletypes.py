"""What kinds of rules there are, and what each must say of itself."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

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


class Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class RuleBase(Model):
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


class Basis(Model):
    """One legal basis of a checklist item and how well it is known."""

    cite: str
    tag: Tag


class Suggestion(Model):
    """A cause or penalty code that an officer may consider; never an automatic finding."""

    code: str
    note: str = ""


class ChecklistItem(Model):
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


class Threshold(Model):
    """One way into a class: a kind of place, and the numbers it must reach.

    `at_least` includes the number, `more_than` and `below` do not. All conditions must hold;
    another way in is another threshold.
    """

    kinds: Annotated[Words, Field(min_length=1)]
    title: str = Field(min_length=2)
    item: str = ""
    at_least: dict[str, Number] = Field(default_factory=dict)
    more_than: dict[str, Number] = Field(default_factory=dict)
    at_most: dict[str, Number] = Field(default_factory=dict)
    below: dict[str, Number] = Field(default_factory=dict)
    only_if: Words = ()
    tag: Tag


class ThresholdRule(RuleBase):
    """A class of things by thresholds: it is reached when any one of them is met."""

    type: Literal["threshold"] = "threshold"
    thresholds: Annotated[tuple[Threshold, ...], Field(min_length=1)]


class Kind(Model):
    """A word for a kind of place, other words for the same, and what the law makes of all such."""

    name: str = Field(min_length=2)
    also: Words = ()
    public_assembly: bool = False
    crowded: bool = False
    cite: str = ""

    @model_validator(mode="after")
    def _nested(self) -> "Kind":
        if self.public_assembly and not self.crowded:
            raise ValueError("公众聚集场所都是人员密集场所")
        return self


class KindsRule(RuleBase):
    """The words for places, and the fields that measure them: field → what to ask for."""

    type: Literal["kinds"] = "kinds"
    fields: dict[str, str]
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _words_differ(self) -> "KindsRule":
        words = [word for kind in self.kinds for word in (kind.name, *kind.also)]
        for word in words:
            if words.count(word) > 1:
                raise ValueError(f"场所种类“{word}”写了两次")
        return self


class StandardElement(Model):
    """One numbered element of a standard: condition, and how well its words are known."""

    code: str = Field(pattern=r"^[0-9.]+$")
    text: str = Field(min_length=4)
    tag: Tag


class Combination(Model):
    """At least `n` of these elements, at a place of one of these kinds; no elements means any."""

    code: str
    places: Annotated[Words, Field(min_length=1)]
    elements: Words = ()
    n: Count
    tag: Tag


class StandardRule(RuleBase):
    """A determination standard: direct elements, comprehensive ones, thresholds, exclusions.

    `loaded` is false for an edition whose items are not at hand: nothing is concluded from it.
    """

    type: Literal["standard"] = "standard"
    edition: str
    loaded: bool = True
    places: Words = ()
    direct: tuple[StandardElement, ...] = ()
    comprehensive: tuple[StandardElement, ...] = ()
    combinations: tuple[Combination, ...] = ()
    exclusions: dict[str, str] = Field(default_factory=dict)


class Sanction(Model):
    """What one kind of party may suffer: fine in yuan (least, most), warning, stop of business.

    `stop_business` must be imposed together, `may_stop` may be added.
    """

    fine: tuple[int, int] | None = None
    warning: bool = False
    stop_business: bool = False
    may_stop: bool = False


class Penalty(Model):
    """One act: who may be punished, how, by whom, and what must have happened before."""

    code: str = Field(pattern=r"^[A-Z0-9a-z-]+$")
    title: str = Field(min_length=4)
    cite: str
    authority: Literal["fire", "housing", "police", "market"]
    unit: Sanction | None = None
    person: Sanction | None = None
    needs: Words = ()
    tag: Tag


class PenaltiesRule(RuleBase):
    """The penalty code table."""

    type: Literal["penalties"] = "penalties"
    acts: Annotated[tuple[Penalty, ...], Field(min_length=1)]


AnyRule = (
    DeadlineRule
    | ConstraintRule
    | FrequencyRule
    | ValueRule
    | ChecklistRule
    | ThresholdRule
    | KindsRule
    | StandardRule
    | PenaltiesRule
)
