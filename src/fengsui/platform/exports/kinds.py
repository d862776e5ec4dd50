"""What a kind of list declares so that it can be had as a file: its rows, and where columns come from.

Of what can be imported, the columns are those of the import's template, in its order: a file that was
exported goes in again as it is. What only the house works out follows, marked READ_ONLY. Personal
fields come as their masks, and an import reads a mask as "unchanged".
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet
from pydantic.fields import FieldInfo

from fengsui.kernel.refusal import Refusal
from fengsui.platform import rules
from fengsui.platform.calls import PERSONAL
from fengsui.platform.fields import mask_of
from fengsui.platform.imports.importer import Importer, words_of
from fengsui.platform.imports.kinds import TableKind
from fengsui.platform.imports.sheet import READ_ONLY
from fengsui.platform.records import RecordType, Shown
from fengsui.platform.who import CLOCK, PostKind, Who

Value = Callable[[Any], object]
Rows = Callable[[Who, Mapping[str, str]], QuerySet[Any]]
_NARROW, _WIDE, _LONG = 14, 32, 100


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    value: Value
    width: int = _NARROW


@dataclass(frozen=True, slots=True)
class ExportKind:
    """A list that can be had as a file.

    `rows(who, said)` is the read that its page uses, under the conditions of the page's address.
    `posts` are those who see the page; the clock among them means: so may whoever runs the machine.
    `imports` says that the file may be imported again.
    """

    kind: str
    title: str
    posts: frozenset[PostKind]
    columns: Sequence[Column]
    rows: Rows
    imports: bool = False


EXPORTS: dict[str, ExportKind] = {}


def export_of(kind: str) -> ExportKind:
    """Refuses `unknown-export`, naming those known."""
    if kind not in EXPORTS:
        raise Refusal("unknown-export", kind=kind, known="、".join(sorted(EXPORTS)))
    return EXPORTS[kind]


def of_table(
    table: TableKind, model: type[Model], answers: Mapping[str, Value | None]
) -> list[Column]:
    """The columns of an import by the batch. `answers` tell what no field of the same name holds:
    by the field's name, or by the title of a key; None leaves a column empty."""
    held = {column.name for column in model._meta.get_fields()}
    required = {column.title for column in table.columns(CLOCK) if column.required}
    sources = {title: _source(title, answers) for title in table.keys}
    for title, (name, asked) in table.asked().items():
        own = name in held and name not in answers
        sources[title] = (
            _field(name, asked, masked=name in table.masked) if own else _source(name, answers)
        )
    asked_of = {title: asked for title, (_name, asked) in table.asked().items()}
    return [
        Column(f"{title}*" if title in required else title, value, _width(asked_of.get(title)))
        for title, value in sources.items()
    ]


def of_steps(importer: Importer, answers: Mapping[str, Value]) -> list[Column]:
    """The columns of an import row by row, each told by the field's name."""
    found: dict[str, Column] = {}
    for step in importer.steps:
        for name in step.fields:
            title, asked = step.title(name), step.asked(name)
            told = _told(_source(name, answers), asked, masked=PERSONAL in asked.metadata)
            needed = asked.is_required() and not step.only_with
            column = Column(f"{title}*" if needed else title, told, _width(asked))
            found.setdefault(title, column)
    return list(found.values())


def of_record(of: RecordType[Any]) -> list[Column]:
    """The columns of what cannot be imported: the fields of its page, and its state."""
    shown = [Column(field.title, _shown(field), _WIDE) for field in of.shown]
    return [*shown, Column("状态", state_of(of))]


def state_of(of: RecordType[Any]) -> Value:
    return lambda row: of.lifecycle.title(row.state)


def read_only(title: str, value: Value, width: int = _NARROW) -> Column:
    """A column that the house works out and an import does not look at."""
    return Column(f"{title}{READ_ONLY}", value, width)


def of_state(rows: Callable[[Who], QuerySet[Any]]) -> Rows:
    """The rows of a list whose only condition is a state."""

    def read(who: Who, said: Mapping[str, str]) -> QuerySet[Any]:
        found = rows(who)
        return found.filter(state=said["state"]) if said.get("state") else found

    return read


def _source(name: str, answers: Mapping[str, Value | None]) -> Value:
    value = answers[name]
    return value if value is not None else lambda _row: ""


def _field(name: str, asked: FieldInfo, *, masked: bool) -> Value:
    return _told(lambda row: getattr(row, name), asked, masked=masked)


def _told(value: Value, asked: FieldInfo, *, masked: bool) -> Value:
    """As the importer reads it: the words of a closed set, else as it is; personal ones masked."""
    words = words_of(asked)
    if masked:
        return lambda row: mask_of(value(row))  # type: ignore[arg-type]  # text, sealed or not
    if words:
        return lambda row: _worded(value(row), words)
    return value


def _worded(value: object, words: Mapping[Any, str]) -> object:
    return value if value is None or isinstance(value, bool) else words.get(value, value)


def _shown(field: Shown) -> Value:
    def value(row: Any) -> object:
        held = getattr(row, field.name)
        return field.told(held) if field.told else _worded(held, field.words)

    return value


def _width(asked: FieldInfo | None) -> int:
    marks = asked.metadata if asked is not None else []
    most = max((getattr(mark, "max_length", None) or 0 for mark in marks), default=0)
    return _WIDE if most >= _LONG else _NARROW


def plain(value: object) -> str:
    """A value as the text of a cell; sealed ones as their mask."""
    if isinstance(value, datetime):
        return value.astimezone(rules.CHINA).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    return "" if value is None else str(value)
