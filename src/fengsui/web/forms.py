"""An action's form as questions on a page, and the answers back as the form."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, get_origin
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from fengsui.platform.calls import PERSONAL, Form
from fengsui.platform.questions import Offers, Section, bare
from fengsui.platform.words import field_words
from fengsui.web.ui.fields import Choice, Field, FieldKind

Choices = Mapping[str, Sequence[Choice]]
_LONG = 150


def fields_of(
    form: type[Form],
    values: Mapping[str, Any],
    choices: Choices,
    errors: Mapping[str, str],
) -> list[Field]:
    """One question for each field of `form`, with what was answered and what is wrong."""
    return [
        _field(name, declared, values.get(name, declared.default), choices, errors.get(name, ""))
        for name, declared in form.model_fields.items()
    ]


def sections_of(fields: Sequence[Field]) -> list[tuple[str, list[Field]]]:
    """The parts of a long form with their headings; one part without a heading for a short one."""
    parts: list[tuple[str, list[Field]]] = []
    for item in fields:
        if item.section or not parts:
            parts.append((item.section, []))
        parts[-1][1].append(item)
    return parts


def _field(name: str, declared: FieldInfo, value: Any, choices: Choices, error: str) -> Field:
    asked = Field(
        name=name,
        label=_(declared.title) if declared.title else name,
        value=_several(value) if is_list(declared) else _shown(value),
        error=error,
        required=declared.is_required(),
        personal=PERSONAL in declared.metadata,
        section=next((_(m.title) for m in declared.metadata if isinstance(m, Section)), ""),
    )
    return replace(asked, **_control(bare(declared.annotation), name, declared, choices))


def _control(kind: Any, name: str, declared: FieldInfo, choices: Choices) -> dict[str, Any]:
    offered = choices.get(name)
    if offered is not None and is_list(declared):
        return {"kind": "checkbox", "choices": _titled(offered)}
    if offered:
        few = len(offered) <= 5
        kind = "radio" if few else "select"
        return {"kind": kind, "choices": _titled(offered), "prompt": _("请选择")}
    if get_origin(kind) is tuple:
        return {"kind": "photo", "multiple": True, "accept": "image/*,application/pdf"}
    plain: dict[Any, dict[str, Any]] = {
        bool: {"kind": "check"},
        int: {"kind": "number", "width": "s", "inputmode": "numeric"},
        float: {"kind": "number", "width": "m", "step": "any"},
        date: {"kind": "date", "width": "m"},
        datetime: {"kind": "datetime-local", "width": "m"},
    }
    return plain.get(kind) or {"kind": _text_kind(declared)}


def _text_kind(declared: FieldInfo) -> FieldKind:
    longest = max((getattr(rule, "max_length", 0) or 0 for rule in declared.metadata), default=0)
    return "textarea" if longest > _LONG else "text"


def _titled(offered: Sequence[Choice]) -> list[Choice]:
    return [replace(choice, title=_(choice.title)) for choice in offered]


def is_list(declared: FieldInfo) -> bool:
    """Several answers may be chosen from rows; a list without such rows is of files."""
    offered = any(isinstance(mark, Offers) for mark in declared.metadata)
    return offered and get_origin(bare(declared.annotation)) is tuple


def _several(value: Any) -> tuple[str, ...]:
    """The answers chosen so far from a list; one alone comes as text from an address."""
    if isinstance(value, list | tuple):
        return tuple(str(one) for one in value)
    return (value,) if isinstance(value, str) and value else ()


def _shown(value: Any) -> str:
    if value is None or isinstance(value, tuple) or "PydanticUndefined" in repr(value):
        return ""
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M")
    return str(value)


def read(
    form: type[Form], posted: QueryDict, uploads: Mapping[str, Sequence[UUID]]
) -> tuple[Form | None, dict[str, str]]:
    """The form as answered, or the reasons it cannot be: field → sentence ("" for the whole)."""
    said: dict[str, Any] = {}
    for name, declared in form.model_fields.items():
        kind = bare(declared.annotation)
        if is_list(declared):
            said[name] = tuple(posted.getlist(name))
        elif get_origin(kind) is tuple:
            said[name] = tuple(uploads.get(name, ()))
        elif kind is bool:
            said[name] = name in posted and posted[name] not in ("", "false")
        elif posted.get(name, "").strip():
            said[name] = _local(str(posted[name])) if kind is datetime else posted[name]
    try:
        return form.model_validate(said), {}
    except ValidationError as wrong:
        return None, {
            str(error["loc"][0]) if error["loc"] else "": field_words(error)
            for error in wrong.errors()
        }


def _local(text: str) -> datetime | str:
    """A moment as a person types it is of this time zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return moment if moment.tzinfo else timezone.make_aware(moment)
