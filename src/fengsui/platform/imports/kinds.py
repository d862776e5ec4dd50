"""Long tables: what a kind of table declares so that a hundred thousand rows go in by short batches.

Where an importer of steps tries each row, a kind judges a whole batch with a few reads, then writes
it with `perform_many`. `docs/development.md` shows how one is declared.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from fengsui.kernel.refusal import Refusal
from fengsui.platform.calls import PERSONAL, Call, Form
from fengsui.platform.fields import is_masked, mask_of
from fengsui.platform.imports.importer import Column, words_of
from fengsui.platform.imports.reading import Fault
from fengsui.platform.imports.sheet import Line
from fengsui.platform.records import Record
from fengsui.platform.who import PostKind, Who
from fengsui.platform.words import answer, field_words


class Change(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be read: the form it makes, holding only what the row says.

    `like` is the number of an earlier row that may be about the same, or 0; `nth` counts rows of one
    kind that nothing tells apart. `masks` are the fields that the row gives as their mask: these stay
    as they are.
    """

    line: Line
    form: Form
    like: int = 0
    nth: int = 0
    masks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a row means for the register: nothing is written yet."""

    row: Row
    change: Change
    record: Record | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableKind:
    """A kind of long table.

    `titles` names columns that the sheet calls otherwise than the form; `keys` are columns beside
    the form, `needed` those of them that every row must fill. `identity(cells)` names what a row is
    about ("": itself alone), so that a second row about it is a fault; `alike(cells)` names what two
    rows share that may be about the same, `near(cells)` where it is and what it is called: so are two
    at one place of which one name holds the other; `counted(cells)` what rows have in common that nothing tells
    apart. `judge` finds, for a whole batch, what each row means or
    why it cannot go in; `write` carries new and changed rows out inside one short transaction.
    `hidden` are fields that leave the house masked though their form does not call them personal.
    """

    kind: str
    title: str
    posts: frozenset[PostKind]
    form: type[Form]
    identity: Callable[[Mapping[str, str]], str]
    judge: Callable[[Sequence[Row], Who], Sequence[Verdict | Fault]]
    write: Callable[[Sequence[Verdict], Call], None]
    alike: Callable[[Mapping[str, str]], Sequence[str]] = lambda _cells: ()
    near: Callable[[Mapping[str, str]], tuple[str, str]] = lambda _cells: ("", "")
    counted: Callable[[Mapping[str, str]], str] = lambda _cells: ""
    titles: Mapping[str, str] = field(default_factory=dict)
    keys: Sequence[str] = ()
    needed: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()

    def asked(self) -> dict[str, tuple[str, FieldInfo]]:
        """Column title → the field of the form and its declaration."""
        return {
            self.titles.get(name, str(declared.title)): (name, declared)
            for name, declared in self.form.model_fields.items()
            if name not in self.left_out
        }

    def columns(self, _who: Who) -> list[Column]:
        """All headings that the kind knows: for the template, the page and the check of a sheet."""
        own = [
            Column(title, declared.is_required(), _allowed(declared))
            for title, (_name, declared) in self.asked().items()
        ]
        return [*(Column(title, title in self.needed) for title in self.keys), *own]

    def in_clear(self, titles: Sequence[str]) -> list[str]:
        """The columns that a report may repeat: known ones that hold nothing personal."""
        asked = self.asked()
        personal = {title for title, (_name, said) in asked.items() if PERSONAL in said.metadata}
        return [t for t in titles if t in self.keys or (t in asked and t not in personal)]

    @property
    def masked(self) -> frozenset[str]:
        """The fields that an export holds as their mask only."""
        personal = {name for name, said in self.asked().values() if PERSONAL in said.metadata}
        return self.hidden | personal

    def ignored(self, titles: Sequence[str]) -> list[str]:
        known = {*self.asked(), *self.keys}
        return [title for title in titles if title not in known]


def _allowed(declared: FieldInfo) -> list[str]:
    words = [str(title) for title in words_of(declared).values()]
    return words or (["是", "否"] if declared.annotation is bool else [])


KINDS: dict[str, TableKind] = {}


@dataclass(frozen=True, slots=True)
class Reader:
    """The rows of one table become forms; worked out once, asked for every row."""

    kind: TableKind
    meanings: Mapping[str, tuple[str, Mapping[str, object]]]
    lists: frozenset[str]
    masked: frozenset[str]

    @classmethod
    def of(cls, kind: TableKind) -> "Reader":
        return cls(
            kind,
            {
                title: (name, {str(word): value for value, word in words_of(declared).items()}
                        or (_YES_NO if declared.annotation is bool else {}))
                for title, (name, declared) in kind.asked().items()
            },
            frozenset(t for t, (_n, said) in kind.asked().items() if said.annotation == tuple[str, ...]),
            kind.masked,
        )  # fmt: skip

    def read(self, line: Line) -> tuple[Row | None, list[Fault]]:
        """The form of one row, or every fault in it."""
        faults = [fault for title in line.cells if (fault := _suspect(line, title))]
        faults += [
            Fault(line.number, title, "", _("没有填写"), _("必填"))
            for title in sorted(self.kind.needed)
            if title not in line.cells
        ]
        if faults:
            return None, faults
        said: dict[str, object] = {}
        masks: dict[str, str] = {}
        for title, text in line.cells.items():
            if title in self.meanings:
                name, words = self.meanings[title]
                if name in self.masked and is_masked(text):
                    masks[name] = text
                    continue
                several = SEVERAL.split(text) if title in self.lists else None
                said[name] = several or words.get(text, text)
        try:
            return Row(line, self.kind.form.model_validate(said), masks=masks), []
        except ValidationError as wrong:
            return None, [self._unread(line, error) for error in wrong.errors()]

    def _unread(self, line: Line, error: Any) -> Fault:
        place = str(error["loc"][0]) if error["loc"] else ""
        title = next((t for t, (name, _words) in self.meanings.items() if name == place), place)
        reason = _("没有填写") if error["type"] == "missing" else _("填写有误")
        return Fault(line.number, title, line.cells.get(title, ""), reason, field_words(error))


def unmasked(kind: TableKind, one: Verdict) -> list[Fault]:
    """A mask says "as it was": it must be that of what is held, else somebody made it up or changed it."""
    titles = {name: title for title, (name, _said) in kind.asked().items()}
    return [
        Fault(
            one.row.line.number,
            titles[name],
            "",
            _("带星号的内容不是原文"),
            _("请填写完整内容；不改的，照导出时的样子留着或清空"),
        )
        for name, text in one.row.masks.items()
        if one.record is None or mask_of(getattr(one.record, name)) != text
    ]


SEVERAL = re.compile(r"[、，,；;\s]+")
_YES_NO: Mapping[str, object] = {"是": True, "否": False}


def _suspect(line: Line, title: str) -> Fault | None:
    """Text that looks like a formula, and a number whose last digits a spreadsheet has lost."""
    text = line.cells[title]
    if text[0] == "=":
        remedy = _("请填写值，不要以等号开头")
        return Fault(line.number, title, text, _("像是公式"), remedy)
    if len(text) > 18 and text[-4:-2] == "E+" and text[1:2] == ".":
        reason = _("数字超过 15 位，表格软件已经丢掉末几位")
        return Fault(line.number, title, text, reason, _("请把这一列设为文本，再重新填写"))
    return None


def refused(line: Line, title: str, no: Refusal) -> Fault:
    """A refusal at the cell it is about: the first half says why, the rest what to do."""
    text = answer(no).text
    reason, stop, remedy = text.rstrip("。").partition("。")
    if not stop:
        reason, _comma, remedy = text.rstrip("。").rpartition("，")
    return Fault(line.number, title, line.cells.get(title, ""), reason or remedy, remedy)
