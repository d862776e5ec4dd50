"""An importer is declared from the form of an action that creates: its columns are the form's questions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic.fields import FieldInfo

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import Action
from fengsui.platform.questions import Titles
from fengsui.platform.who import Who

# The text of a cell → what the form wants. Refuses with a code whose words name the remedy.
LookUp = Callable[[Who, str], object]
Allowed = Callable[[Who], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Step:
    """One creation per row. `only_with` names the field that must be filled for it to be wanted.

    `already`: refusals that mean the row is so already. `blames`: which field a refusal is about.
    """

    action: Action[Any]
    fields: Sequence[str]
    look_ups: Mapping[str, LookUp] = field(default_factory=dict)
    allowed: Mapping[str, Allowed] = field(default_factory=dict)
    only_with: str = ""
    already: frozenset[str] = frozenset()
    blames: Mapping[str, str] = field(default_factory=dict)

    def asked(self, name: str) -> FieldInfo:
        return self.action.form.model_fields[name]

    def title(self, name: str) -> str:
        return str(self.asked(name).title)


@dataclass(frozen=True, slots=True)
class Column:
    """A heading of the table, and the values that may stand under it (none: free text)."""

    title: str
    required: bool
    allowed: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Importer:
    """A kind of table. Rows with the same `apart` (a column's title) are never written in one stroke."""

    kind: str
    title: str
    steps: Sequence[Step]
    apart: str

    def columns(self, who: Who) -> list[Column]:
        """Every heading once, in the order of the steps; required ones only if the row always needs them."""
        found: dict[str, Column] = {}
        for step in self.steps:
            for name in step.fields:
                required = step.asked(name).is_required() and not step.only_with
                column = Column(step.title(name), required, allowed(step, name, who))
                found.setdefault(column.title, column)
        return list(found.values())


def words_of(asked: FieldInfo) -> Mapping[Any, str]:
    """What the answers of an enumeration are called; empty for a question answered freely."""
    return next((mark.words for mark in asked.metadata if isinstance(mark, Titles)), {})


def allowed(step: Step, name: str, who: Who) -> Sequence[str]:
    if name in step.allowed:
        return step.allowed[name](who)
    if words := words_of(step.asked(name)):
        return [str(title) for title in words.values()]
    return ["是", "否"] if step.asked(name).annotation is bool else []


IMPORTERS: dict[str, Importer] = {}


def importer(declared: Importer) -> Importer:
    """Make a kind of table known. Two of one kind are a programming error."""
    if declared.kind in IMPORTERS:
        raise ValueError(f"importer {declared.kind} is declared twice")
    IMPORTERS[declared.kind] = declared
    return declared


def importer_of(kind: str, others: Iterable[str] = ()) -> Importer:
    """Refuses `unknown-importer`, naming those known and these others."""
    if kind not in IMPORTERS:
        known = sorted({*IMPORTERS, *others})
        raise Refusal("unknown-importer", kind=kind, known="、".join(known))
    return IMPORTERS[kind]
