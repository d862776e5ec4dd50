"""What a record is: fields, a state, a version, and the ledger entry that wrote it last."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models import Model, QuerySet

from fengsui.kernel import canonical
from fengsui.kernel.ids import new_id, new_salt
from fengsui.kernel.lifecycle import Lifecycle
from fengsui.platform.counters.declared import Counted
from fengsui.platform.fields import Sealed, SealedTextField
from fengsui.platform.search.declared import FoundBy
from fengsui.platform.who import PEOPLE, PostKind, Who

# Written by the machinery itself; the entry names the digest, so the digest cannot hold the entry.
UNDIGESTED = frozenset({"entry_id", "salt"})


class Row(models.Model):
    """Anything the ledger answers for: its digest stands in the entry that wrote it last."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    salt = models.BinaryField(max_length=16, default=new_salt, editable=False)
    entry_id = models.UUIDField(editable=False)

    class Meta:
        abstract = True


class Fact(Row):
    """A child row that is only ever added: a finding, a photo, a comment, a receipt."""

    at = models.DateTimeField()
    by_post = models.UUIDField(null=True)
    by_name = models.CharField(max_length=60)

    class Meta:
        abstract = True


class Record(Row):
    """A row that changes through actions, by compare-and-swap on its version."""

    version = models.PositiveIntegerField(default=1, editable=False)
    state = models.CharField(max_length=24, editable=False)
    moved_at = models.DateTimeField(editable=False)

    class Meta:
        abstract = True


R = TypeVar("R", bound=Record)
# Columns that give back, and send to the database, a value of this very type as it is.
AS_IT_IS: Mapping[type, type] = {
    models.CharField: str,
    models.BooleanField: bool,
    models.FloatField: float,
    models.IntegerField: int,
    models.PositiveIntegerField: int,
    models.PositiveSmallIntegerField: int,
}


def type_name(row: type[Model] | Model) -> str:
    """The stable name of a row's type in the ledger: `supervision.finding`."""
    return str(row._meta.label_lower)


def digest(row: Row) -> bytes:
    """SHA-256 over every declared field; personal fields as hashes salted by the row's own salt.

    A field that holds what a new row starts with is left out: a column added by a later version
    changes no digest of the rows that stood before it. So a column's default is never changed.
    """
    starts = _starts(type(row))
    values = {
        attname: value
        for attname, column, own in _columns(type(row))
        if attname not in UNDIGESTED
        and (value := _digestible(row, attname, column, own)) != starts.get(attname)
    }
    return canonical.digest(values)


@cache
def _starts(model: type[Row]) -> Mapping[str, object]:
    """What each field of a new row holds, as the digest sees it; its id is never the same again.

    None is drawn here, else the ids that follow would hang on what this process had met before.
    """
    return {
        attname: "" if isinstance(column, SealedTextField) else column.get_default()
        for attname, column, _ in _columns(model)
        if attname not in UNDIGESTED and not column.primary_key
    }


def _digestible(
    row: Row, attname: str, column: "models.Field[Any, Any]", own: type | None
) -> object:
    value = getattr(row, attname)
    if type(value) is own:
        return value
    if isinstance(column, SealedTextField):
        text = column.to_python(value).open()
        return canonical.salted(bytes(row.salt), text) if text else ""
    if value is None or isinstance(column, models.JSONField | models.BinaryField):
        return value
    if isinstance(column, models.ForeignKey):
        return str(value)
    if isinstance(column, models.DecimalField):
        return f"{column.to_python(value):.{column.decimal_places}f}"
    return column.to_python(value)


def clean(row: Row) -> None:
    """Every value of a new row as its column will give it back."""
    for attname, column, own in _columns(type(row)):
        value = getattr(row, attname)
        if type(value) is not own and value is not None and not isinstance(value, Sealed | Model):
            setattr(row, attname, column.to_python(value))


@cache
def _columns(model: type[Model]) -> "tuple[tuple[str, models.Field[Any, Any], type | None], ...]":
    """Name, column, and the type whose values it keeps as they are; worked out once for each model."""
    columns = model._meta.concrete_fields
    return tuple((column.attname, column, AS_IT_IS.get(type(column))) for column in columns)


def clean_value(model: type[Model], name: str, value: object) -> object:
    """`value` as the column will give it back, so that a digest before saving holds after it."""
    column = model._meta.get_field(name)
    if isinstance(value, Sealed | Model) or value is None:
        return value
    return column.to_python(value) if isinstance(column, models.Field) else value


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as people meet it: its Chinese title, and what its values are called.

    `words` names the values of a closed set; `told` puts any value into words.
    """

    name: str
    title: str
    words: Mapping[Any, Any] = field(default_factory=dict)
    told: Callable[[Any], str] | None = None


@dataclass(frozen=True, slots=True)
class RecordType(Generic[R]):
    """A kind of record as the house knows it: for actions, lists, API, timeline and diagrams.

    `visible(who)` is the one answer to "may they see it?"; `label` names a record for people;
    `more` tells what belongs to one record beside its own fields; `found_by` tells by which words
    people find records, `counted` by what they are counted. `search` finds those that no index may
    hold, by words of something else.
    `shown` titles the fields of its page, `listed` names those that are columns. `readers`: to whom
    its pages exist at all. `unseen`: why nobody may look behind the masks of its personal fields.
    Relations: `related` are read together with a record, in one query, for its pages and actions;
    `named_by` are those of them that `label` needs, when a record is only named by another one.
    """

    name: str
    plural: str
    title: str
    model: type[R]
    lifecycle: Lifecycle[Any, Any]
    visible: Callable[[Who], QuerySet[R]]
    label: Callable[[R], str]
    url: str = ""
    listed: tuple[str, ...] = field(default=())
    more: Callable[[R, Who], Mapping[str, object]] | None = None
    found_by: FoundBy | None = None
    search: Callable[[Who, str], QuerySet[R]] | None = None
    counted: Counted | None = None
    shown: tuple[Shown, ...] = field(default=())
    related: tuple[str, ...] = field(default=())
    named_by: tuple[str, ...] = field(default=())
    readers: frozenset[PostKind] = field(default=PEOPLE)
    unseen: str = ""

    def read(self, who: Who) -> QuerySet[R]:
        """What `who` may see, each record with its related rows."""
        rows = self.visible(who)
        return rows.select_related(*self.related) if self.related else rows

    def title_of(self, name: str) -> str:
        """What a field is called; its own name if nobody titled it."""
        return next((known.title for known in self.shown if known.name == name), name)

    @property
    def sealed(self) -> tuple[str, ...]:
        """Its personal fields: masked wherever they are printed."""
        columns = self.model._meta.concrete_fields
        return tuple(column.name for column in columns if isinstance(column, SealedTextField))


RECORD_TYPES: dict[str, RecordType[Any]] = {}


def record_type(declared: RecordType[R]) -> RecordType[R]:
    """Make a type known. Names are unique: a second one of the same name is a programming error."""
    if declared.name in RECORD_TYPES:
        raise ValueError(f"record type {declared.name} is declared twice")
    RECORD_TYPES[declared.name] = declared
    return declared


def record_type_of(model: type[Model]) -> RecordType[Any]:
    """The declared type of a model. Raises LookupError for a row that is no record."""
    for declared in RECORD_TYPES.values():
        if declared.model is model:
            return declared
    raise LookupError(type_name(model))
