"""What a field of an action's form may be answered with: fixed words, or rows of the moment.

`Annotated[Disposal, Titles(DISPOSAL_TITLES)]` names the answers of an enumeration for people;
`Annotated[UUID, Offers(officers_offered)]` asks a named read which rows may be chosen now.
The generic form, the API and the phone all draw their questions from these.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema

from fengsui.platform.calls import Form
from fengsui.platform.records import Record
from fengsui.platform.who import Who


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose from.

    `asks` names the questions that this answer raises. What is raised by another answer only may be
    left out of sight while it is empty; the action itself says what it needs.
    """

    value: str
    title: str
    note: str = ""
    disabled: bool = False
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Titles:
    """What the answers of an enumeration or a Literal are called."""

    words: Mapping[Any, str]

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        schema = handler(core)
        schema["x-titles"] = {str(value): title for value, title in self.words.items()}
        return schema


@dataclass(frozen=True, slots=True)
class Section:
    """A long form is read in parts: this heading stands above the field, up to the next heading."""

    title: str

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(core), "x-section": self.title}


# Who asks, the record acted on (or the one a creation starts from), what was answered so far.
Offering = Callable[[Who, Record | None, Mapping[str, Any]], Sequence[Choice]]


@dataclass(frozen=True, eq=False)
class Offers:
    """Rows that may be chosen; what is chosen is checked again by the action."""

    read: Offering

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        schema = handler(core)
        schema["x-offered"] = True
        return schema


def bare(kind: Any) -> Any:
    """`int | None` → `int`."""
    if get_origin(kind) in (Union, UnionType):
        return next(part for part in get_args(kind) if part is not NoneType)
    return kind


def choices_of(
    form: type[Form], who: Who, record: Record | None, said: Mapping[str, Any]
) -> dict[str, Sequence[Choice]]:
    """The answers that may be given, by field name; fields answered freely are left out."""
    offered = {
        name: _choices(declared, who, record, said) for name, declared in form.model_fields.items()
    }
    return {name: choices for name, choices in offered.items() if choices is not None}


def _choices(
    declared: FieldInfo, who: Who, record: Record | None, said: Mapping[str, Any]
) -> Sequence[Choice] | None:
    for mark in declared.metadata:
        if isinstance(mark, Offers):
            return mark.read(who, record, said)
    kind = bare(declared.annotation)
    words = next((mark.words for mark in declared.metadata if isinstance(mark, Titles)), {})
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return [Choice(item.value, words.get(item, item.value)) for item in kind]
    if get_origin(kind) is Literal:
        return [Choice(item, words.get(item, item)) for item in get_args(kind)]
    return None
