"""Rows into forms; what cannot be read is named by row, column, value, reason and remedy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from pydantic import ValidationError

from fengsui.kernel.refusal import Refusal
from fengsui.platform.calls import PERSONAL, Form
from fengsui.platform.fields import is_masked
from fengsui.platform.imports.importer import Importer, Step, words_of
from fengsui.platform.imports.sheet import READ_ONLY, Line, Sheet
from fengsui.platform.who import Who
from fengsui.platform.words import answer, field_words


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row did not go in, and what to do about it."""

    row: int
    column: str
    value: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row, ready: a form for each step it takes, and the personal columns it gives as masks."""

    line: Line
    forms: Sequence[tuple[Step, Form]]
    masks: Sequence[str] = ()


def check_titles(importer: Importer, sheet: Sheet, who: Who) -> list[Fault]:
    """Columns that are unknown, doubled or missing: the whole table waits for these."""
    known = {column.title: column for column in importer.columns(who)}
    faults = [
        Fault(1, title, title, _("没有这一列"), _("请删去，或改为模板中的列名"))
        for title in sheet.titles
        if title not in known and not title.endswith(READ_ONLY)
    ]
    faults += [
        Fault(1, title, title, _("这一列有两次"), _("请只留一列"))
        for title in sorted(set(sheet.titles))
        if sheet.titles.count(title) > 1
    ]
    missing = [c.title for c in known.values() if c.required and c.title not in sheet.titles]
    return faults + [Fault(1, title, "", _("缺少这一列"), _("请按模板补上")) for title in missing]


def read_line(importer: Importer, line: Line, who: Who) -> tuple[Wanted | None, list[Fault]]:
    """The forms of one row, or every fault in it."""
    faults = [
        Fault(line.number, title, text, _("像是公式"), _("请填写值，不要以等号开头"))
        for title, text in line.cells.items()
        if text.startswith("=")
    ]
    forms: list[tuple[Step, Form]] = []
    for step in importer.steps:
        if step.only_with and step.title(step.only_with) not in line.cells:
            continue
        form, wrong = _form(step, line, who)
        faults += [fault for fault in wrong if fault not in faults]
        if form is not None:
            forms.append((step, form))
    masks = [
        step.title(name)
        for step in importer.steps
        for name in step.fields
        if _is_mask(step, name, line)
    ]
    return (None if faults else Wanted(line, forms, masks)), faults


def _is_mask(step: Step, name: str, line: Line) -> bool:
    """A personal value as an export holds it: it says "as it was"."""
    return PERSONAL in step.asked(name).metadata and is_masked(line.cells.get(step.title(name), ""))


def _form(step: Step, line: Line, who: Who) -> tuple[Form | None, list[Fault]]:
    said: dict[str, object] = {}
    faults: list[Fault] = []
    for name in step.fields:
        text = line.cells.get(step.title(name), "")
        if not text or _is_mask(step, name, line):
            continue
        try:
            said[name] = _value(step, name, text, who)
        except Refusal as no:
            faults.append(fault_of(no, step, line, name))
    try:
        return (step.action.form.model_validate(said) if not faults else None), faults
    except ValidationError as wrong:
        return None, [_unread(step, line, error) for error in wrong.errors()]


def _value(step: Step, name: str, text: str, who: Who) -> object:
    if name in step.look_ups:
        return step.look_ups[name](who, text)
    if step.asked(name).annotation is bool:
        return {"是": True, "否": False}.get(text, text)
    named = {str(title): value for value, title in words_of(step.asked(name)).items()}
    return named.get(text, text)


def _unread(step: Step, line: Line, error: Mapping[str, object]) -> Fault:
    place = error["loc"]
    name = str(place[0]) if isinstance(place, tuple) and place else step.fields[0]
    title = step.title(name) if name in step.fields else name
    reason = _("没有填写") if error["type"] == "missing" else _("填写有误")
    return Fault(line.number, title, line.cells.get(title, ""), reason, field_words(error))


def fault_of(no: Refusal, step: Step, line: Line, name: str = "") -> Fault:
    """A refusal of the action, at the cell it is about: its first sentence says why, the rest what to do."""
    title = step.title(name or step.blames.get(no.code, step.fields[0]))
    reason, _stop, remedy = answer(no).text.partition("。")
    if not remedy:
        reason, _stop, remedy = reason.rpartition("，")
        reason = reason or remedy
    return Fault(line.number, title, line.cells.get(title, ""), reason, remedy.rstrip("。"))
