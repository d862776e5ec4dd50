"""What goes into an action and what comes out of it: Call, Form, Outcome."""

import dataclasses
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, field_validator
from pydantic_core import CoreSchema

from fengsui.kernel import canonical
from fengsui.kernel.deadline import Deadline
from fengsui.platform.records import Fact, Record
from fengsui.platform.who import PostKind, Who


class Way(StrEnum):
    """Through which door a call came."""

    DESK = "desk"
    FIELD = "field"
    PORTAL = "portal"
    API = "api"
    IMPORT = "import"
    HANDLER = "handler"
    CLOCK = "clock"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Call:
    """Who acts, how and when.

    `key` is the caller's own idempotency key. `at` is when it was done (from the device), aware;
    `received_at` is ours. `base` is what the caller saw: the record's version, or the key of the
    call before it on the same record; None means "whatever is there now" and is for handlers,
    the clock and creation. `new_id` is the id that the caller gave the record it creates. `numbers`
    are document numbers that the caller's phone gave, without signal, out of the caller's own
    blocks: kind → number. `doubtful` marks a call whose `at` could not be believed.
    """

    who: Who
    way: Way
    key: str
    at: datetime
    received_at: datetime
    base: int | str | None = None
    new_id: UUID | None = None
    doubtful: bool = False
    inner: bool = False
    numbers: Mapping[str, int] = field(default_factory=dict)
    _children: Iterator[int] = field(default_factory=lambda: itertools.count(1), compare=False)

    def child(self) -> "Call":
        """The call of an action performed inside this one: same hands, same moment, key + "/n"."""
        return dataclasses.replace(
            self,
            key=f"{self.key}/{next(self._children)}",
            base=None,
            new_id=None,
            inner=True,
            _children=itertools.count(1),
        )


class Personal:
    """Marks a form field that enters the ledger only as a salted hash; a client keeps no draft of it."""

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {**handler(core), "x-personal": True}


PERSONAL = Personal()


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_WHOLE = 2**31  # what a column for whole numbers holds on every database
_YEARS = range(1900, 3000)  # what a calendar, a time zone and a paper can be counted with


class Form(BaseModel):
    """Flat input of an action. Unknown fields are refused, text is stripped."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, allow_inf_nan=False
    )

    @field_validator("*")
    @classmethod
    def _storable(cls, value: object) -> object:
        """Whatever else a field asks: it must fit a column, on either database."""
        if isinstance(value, str) and _CONTROL.search(value):
            raise ValueError("含有看不见的控制字符，请删去后重新填写")
        if isinstance(value, int) and abs(value) >= _WHOLE:
            raise ValueError("数字太大，请核对")
        if isinstance(value, date) and value.year not in _YEARS:
            raise ValueError("年份不合理，请核对")
        return value

    def inputs(self, salt: bytes) -> dict[str, object]:
        """The ledger's view: everything, with personal text as `{"salted": hash}`."""
        shown: dict[str, object] = {}
        for name, declared in type(self).model_fields.items():
            value = getattr(self, name)
            if value in (None, "", (), {}):
                continue
            personal = PERSONAL in declared.metadata
            shown[name] = {"salted": canonical.salted(salt, str(value))} if personal else value
        return shown


class Nothing(Form):
    """The form of an action that needs no input."""


@dataclass(frozen=True, slots=True)
class Opens:
    """A task to be opened: what, for whom, by when.

    Addressed to one post (`holder`), or to all posts of a kind in an organisation. `after` names
    the task kind of the same outcome whose due moment starts this deadline, so that it moves along.
    """

    kind: str
    title: str
    due: Deadline
    organisation: UUID
    post: PostKind | None = None
    holder: UUID | None = None
    subject: str = ""
    note: str = ""
    after: str = ""
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class Closes:
    """Open tasks of one kind on a record (by default the action's own) are done or void."""

    kind: str
    record: Record | None = None
    done: bool = True


@dataclass(frozen=True, slots=True)
class Drafts:
    """A document to be numbered: its kind, the issuing agency, and the data of its template."""

    kind: str
    agency: UUID
    data: Mapping[str, Any]
    party: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an action changed. The machinery writes it; the body writes nothing of its own record.

    `new` is the record itself when the action creates it. `changes` are fields of the record,
    `facts` child rows, `result` what the caller is told beside id, version and state.
    """

    new: Record | None = None
    changes: Mapping[str, object] = field(default_factory=dict)
    facts: Sequence[Fact] = ()
    opens: Sequence[Opens] = ()
    closes: Sequence[Closes] = ()
    documents: Sequence[Drafts] = ()
    result: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """What the caller gets: also what a repeated call gets again."""

    action: str
    entry: UUID
    record: UUID | None
    version: int
    state: str
    result: Mapping[str, Any]
    replayed: bool = False

    @property
    def made(self) -> UUID:
        """The id of the record; every action on one record has it."""
        if self.record is None:
            raise LookupError(f"{self.action} is about many records")
        return self.record
