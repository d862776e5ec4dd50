"""What an outcome says, written: the only place where the machinery touches rows of any type."""

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Model

from fengsui.kernel.refusal import Refusal
from fengsui.platform.calls import Call, Outcome
from fengsui.platform.counters import store as counting
from fengsui.platform.documents import store as documents
from fengsui.platform.inserts import insert_all
from fengsui.platform.ledger import queries as history
from fengsui.platform.ledger.store import Written
from fengsui.platform.records import Fact, Record, RecordType, Row, clean, clean_value
from fengsui.platform.search import store as searching
from fengsui.platform.worklist import store as worklist
from fengsui.platform.worklist.models import Task


@dataclass
class Batch:
    """The rows of one ledger entry, gathered from one outcome or many, written together.

    New rows go in bulk; changes of records and tasks one by one, each a compare-and-swap.
    """

    entry_id: UUID
    written: list[Row] = field(default_factory=list)
    _new: dict[type[Model], list[Row]] = field(default_factory=lambda: defaultdict(list))
    _retold: list[Row] = field(default_factory=list)
    _moved: list[counting.Moved] = field(default_factory=list)

    def take(
        self,
        of: RecordType[Any],
        move: StrEnum | None,
        record: Record | None,
        call: Call,
        outcome: Outcome,
    ) -> Record | None:
        """Write or gather what `outcome` says of one record; that record as it now is."""
        own = outcome.new or record
        if outcome.new is not None:
            _adopt(outcome, outcome.new, call.new_id)
            self._begin(of, outcome.new, call)
        elif record is not None and (outcome.changes or move is not None):
            self._swap(of, move, record, call, outcome)
        for fact in outcome.facts:
            self._add(_signed(fact, call))
        for task in worklist.build(outcome.opens, own, call, self.entry_id):
            self._add(task)
        for task, done in worklist.living(outcome.closes, own):
            self._close(task, done, call)
        for paper in documents.issue(outcome.documents, own, call, self.entry_id):
            self._add(paper)
        return own

    def flush(self) -> list[Written]:
        """Insert what was gathered; the digests of all rows of the entry, in a fixed order."""
        for model, rows in self._new.items():
            insert_all(model, rows)
        searching.keep(self._retold)
        counting.note(self._moved)
        return [Written.of(row) for row in self.written]

    def _add(self, row: Row) -> None:
        row.entry_id = self.entry_id
        self._new[type(row)].append(row)
        self._retold.append(row)
        self.written.append(row)

    def _begin(self, of: RecordType[Any], record: Record, call: Call) -> None:
        record.state = of.lifecycle.initial
        record.version, record.moved_at = 1, call.at
        clean(record)
        self._add(record)
        if of.counted:
            self._moved.append((of.name, None, of.counted.key(record)))

    def _swap(
        self,
        of: RecordType[Any],
        move: StrEnum | None,
        record: Record,
        call: Call,
        outcome: Outcome,
    ) -> None:
        model, seen = type(record), record.version
        before = of.counted.key(record) if of.counted else None
        changes = {name: clean_value(model, name, value) for name, value in outcome.changes.items()}
        changes |= {"version": seen + 1, "entry_id": self.entry_id}
        if move is not None:
            changes |= {"state": of.lifecycle.after(record.state, move), "moved_at": call.at}
        told = changes.keys() & searching.told(of)
        if any(getattr(record, name) != changes[name] for name in told):
            self._retold.append(record)
        for name, value in changes.items():
            setattr(record, name, value)
        if not model._base_manager.filter(pk=record.pk, version=seen).update(**changes):
            raise Refusal("changed-meanwhile", changes=history.changes_since(record.pk, seen))
        self.written.append(record)
        if of.counted:
            self._moved.append((of.name, before, of.counted.key(record)))

    def _close(self, task: Task, done: bool, call: Call) -> None:
        if worklist.close(task, done, call.at, self.entry_id):
            self.written.append(task)


def _signed(fact: Fact, call: Call) -> Fact:
    """A fact says when it was made and by whom."""
    if fact.at is None:
        fact.at = call.at
    fact.by_post, fact.by_name = call.who.post_id, call.who.name
    clean(fact)
    return fact


def _adopt(outcome: Outcome, own: Record, new_id: UUID | None) -> None:
    """Give a new record the id its creator made for it, also where its facts name it.

    Refuses `id-taken`.
    """
    if new_id is None:
        return
    if type(own)._base_manager.filter(pk=new_id).exists():
        raise Refusal("id-taken", id=new_id)
    drafted, own.id = own.id, new_id
    for fact in outcome.facts:
        for column in fact._meta.concrete_fields:
            if getattr(fact, column.attname) == drafted:
                setattr(fact, column.attname, new_id)
