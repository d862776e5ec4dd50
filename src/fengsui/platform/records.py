"""What a record is: fields, a state, a version, and the ledger entry that wrote it last."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import NOT_PROVIDED, Model, QuerySet

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
W = TypeVar("W", bound=Row)
Values = Callable[[Model], tuple[Any, ...]]
# Columns that give back, and send to the database, a value of this very type as it is.
AS_IT_IS: Mapping[type, type] = {
    models.CharField: str,
    models.BooleanField: bool,
    models.FloatField: float,
    models.IntegerField: int,
    models.PositiveIntegerField: int,
    models.PositiveSmallIntegerField: int,
}
# These too they give back; on the way a database may spell them its own way.
_GIVEN_BACK: Mapping[type, type] = {
    **AS_IT_IS,
    models.UUIDField: UUID,
    models.DateTimeField: datetime,
    models.DateField: date,
    models.BinaryField: bytes,
    models.JSONField: list,
}


def fresh(model: "type[W]", /, **values: object) -> "W":
    """A new row by the names of its columns (`unit_id`): what the constructor makes, at a third of its
    cost. Raises TypeError for a name that is no column."""
    names, constants, makers = _starts(model)
    held = constants | values
    for name, make in makers:
        if name not in held:
            held[name] = make()
    if len(held) != len(names):
        raise TypeError(f"{type_name(model)} has no {', '.join(held.keys() - set(names))}")
    return model(*[held[name] for name in names])


@cache
def _starts(
    model: type[Model],
) -> tuple[tuple[str, ...], dict[str, object], tuple[tuple[str, Callable[[], object]], ...]]:
    """The columns; what those begin with whose start is fixed; what makes the start of the others."""
    columns = model._meta.concrete_fields
    fixed = [c for c in columns if c.default is NOT_PROVIDED or not callable(c.default)]
    return (
        tuple(column.attname for column in columns),
        {column.attname: column.get_default() for column in fixed},
        tuple((column.attname, column.get_default) for column in columns if column not in fixed),
    )


def type_name(row: type[Model] | Model) -> str:
    """The stable name of a row's type in the ledger: `supervision.finding`."""
    return str(row._meta.label_lower)


def digest(row: Row) -> bytes:
    """SHA-256 over every declared field; personal fields as hashes salted by the row's own salt.

    A field that holds what a new row starts with is left out: a column added by a later version
    changes no digest of the rows that stood before it. So a column's default is never changed.
    """
    values: dict[str, object] = {}
    columns, held = _digested(type(row))
    for (attname, column, own, start), value in zip(columns, held(row), strict=True):
        if type(value) is not own and not (own and value is None):
            value = _digestible(row, column, value)  # noqa: PLW2901  as the digest sees it
        if value != start:
            values[attname] = value
    return canonical.digest(values)


@cache
def _digested(
    model: type[Row],
) -> "tuple[tuple[tuple[str, models.Field[Any, Any], type | None, object], ...], Values]":
    """Name, column, type of the values taken as they are, and what a new row holds as the digest sees
    it; and what reads all of them off a row."""
    columns = tuple(
        (
            attname,
            column,
            own,
            _start(column),
        )
        for attname, column, own in _columns(model)
        if attname not in UNDIGESTED
    )
    return columns, reading([attname for attname, *_ in columns])


def _start(column: "models.Field[Any, Any]") -> object:
    """What a new row holds, as the digest sees it. Its id is never the same again, and none is drawn
    here: the ids that follow would hang on what this process had met before."""
    if column.primary_key:
        return None
    return "" if isinstance(column, SealedTextField) else column.get_default()


def reading(names: Sequence[str]) -> Values:
    """What reads these columns off a row at once: where they are kept, past the descriptors; a row that
    was read in part fetches what is missing."""
    kept: Callable[[Any], tuple[Any, ...]] = itemgetter(*names)
    asked: Callable[[Any], tuple[Any, ...]] = attrgetter(*names)

    def read(row: Model) -> tuple[Any, ...]:
        try:
            return kept(row.__dict__)
        except KeyError:
            return asked(row)

    return read


def _digestible(row: Row, column: "models.Field[Any, Any]", value: Any) -> object:
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
        if type(value) is own or value is None:
            continue
        if not isinstance(value, Sealed | Model):
            setattr(row, attname, column.to_python(value))


@cache
def _columns(model: type[Model]) -> "tuple[tuple[str, models.Field[Any, Any], type | None], ...]":
    """Name, column, and the type whose values it keeps as they are; worked out once for each model."""
    columns = model._meta.concrete_fields
    return tuple((column.attname, column, _own(column)) for column in columns)


def _own(column: "models.Field[Any, Any]") -> type | None:
    if isinstance(column, models.ForeignKey):
        return UUID if isinstance(column.target_field, models.UUIDField) else None
    return _GIVEN_BACK.get(type(column))


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
