"""A record changes only through an action, and an action is declared once.

`@action` (declared.py) declares; `perform` and `perform_many` carry out, in one transaction each: key, access,
posts and lifecycle, body, compare-and-swap, ledger, tasks, documents. Nothing else writes.
"""

import dataclasses
import hashlib
import hmac
import json
import random
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction

from fengsui.kernel import canonical
from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform import keys
from fengsui.platform.calls import Call, Done, Form, Outcome
from fengsui.platform.declared import ACTIONS, CREATE, Action, action, actions_of, open_to
from fengsui.platform.inserts import is_taken
from fengsui.platform.ledger import queries as history
from fengsui.platform.ledger import store as ledger
from fengsui.platform.records import Record, RecordType
from fengsui.platform.who import Who
from fengsui.platform.writes import Batch

__all__ = [
    "ACTIONS",
    "CREATE",
    "Action",
    "action",
    "actions_of",
    "open_to",
    "perform",
    "perform_many",
    "persist",
]

R = TypeVar("R", bound=Record)
T = TypeVar("T")
_PATIENCE_SECONDS = 10.0


def perform(declared: Action[R], record: R | UUID | None, call: Call, form: Form) -> Done:
    """Carry out one action, wholly or not at all.

    Refuses `not-found`, `forbidden`, `illegal-move`, `changed-meanwhile`, `key-reused`, and what the
    body refuses; nothing is written then. A key used before gives the first result again.
    """
    return persist(lambda: _perform(declared, record, call, form), inner=call.inner)


def perform_many(
    declared: Action[R], rows: Sequence[tuple[R | UUID | None, Form]], call: Call
) -> Done:
    """Carry out one action on many rows as one call, with one ledger entry over all of them.

    Of an action that creates, a row may name the id that its record shall get, so that what is
    entered next can name it too; the caller made it with `new_id`.
    """
    return persist(lambda: _perform_many(declared, rows, call), inner=call.inner)


def persist(run: Callable[[], T], *, inner: bool = False) -> T:
    """Run in a transaction; try again while another writer holds the lock or the same key.

    For actions themselves, and for what must be written together with one (a password with the
    use of its link). `inner`: inside such a transaction already.
    """
    patience = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            with transaction.atomic(savepoint=not inner):
                return run()
        except (OperationalError, IntegrityError) as error:
            if inner or time.monotonic() > patience or not _is_contention(error):
                raise
            time.sleep(random.uniform(0.005, 0.05))  # noqa: S311  spreads writers, guards nothing


# What the later of two says: the lock, the same key, the same new id, the first number of a year.
_CONTENTION = (
    "locked",
    "lock timeout",
    "one_use_of_a_key",
    "ledger_keyuse",
    "_pkey",
    "one_series",
    "documents_numberseries",
)


def _is_contention(error: Exception) -> bool:
    return any(sign in str(error) for sign in _CONTENTION)


def _perform(declared: Action[R], given: R | UUID | None, call: Call, form: Form) -> Done:
    _check_inner(declared, call)
    wanted = given.id if isinstance(given, Record) else given
    entry_id = new_id()
    if done := _used(declared, call, _request(declared, [(wanted or call.new_id, form)]), entry_id):
        return done
    found = _find(declared, wanted, call.who)
    if found is not None:
        # Before the lifecycle: who comes too late is told what changed, not that a move is illegal.
        declared.check(None, call.who)
        _check_base(found, call, given)
    declared.check(found, call.who)
    settled, batch = _settled(call, found), Batch(entry_id)
    own, outcome = _act(declared, found, settled, form, batch)
    written = batch.flush()
    facts = {
        "record": None if own is None else _named(declared.of, own),
        "inputs": form.inputs(bytes(own.salt) if own is not None else b""),
        "result": dict(outcome.result),
    }
    entry = ledger.write(entry_id, {**_said(declared, call, settled), **facts}, written)
    return _done(entry.body)


def _perform_many(
    declared: Action[R], rows: Sequence[tuple[R | UUID | None, Form]], call: Call
) -> Done:
    _check_inner(declared, call)
    entry_id = new_id()
    wanted = [(row.id if isinstance(row, Record) else row, form) for row, form in rows]
    if done := _used(declared, call, _request_of_many(declared, wanted), entry_id):
        return done
    batch = Batch(entry_id)
    if declared.creates:
        _create_all(declared, wanted, _settled(call, None), batch)
    else:
        _change_all(declared, wanted, call, batch)
    facts = {
        "record": None,
        "many": {"type": declared.of.name, "count": len(wanted)},
        "inputs": {},
        "result": {"count": len(wanted)},
    }
    entry = ledger.write(
        entry_id, {**_said(declared, call, _settled(call, None)), **facts}, batch.flush()
    )
    return _done(entry.body)


def _create_all(
    declared: Action[R], wanted: Sequence[tuple[UUID | None, Form]], call: Call, batch: Batch
) -> None:
    declared.check(None, call.who)
    ids = [row_id for row_id, _ in wanted if row_id]
    if is_taken(declared.of.model, ids):
        raise Refusal("id-taken", id=ids[0])
    for row_id, form in wanted:
        outcome = declared.body(None, call, form)
        if row_id is not None and outcome.new is not None:
            outcome.new.id = row_id
        batch.take(declared.of, None, None, call, outcome)


def _change_all(
    declared: Action[R], wanted: Sequence[tuple[UUID | None, Form]], call: Call, batch: Batch
) -> None:
    found = _find_all(declared, [row_id for row_id, _ in wanted], call.who)
    for row_id, form in wanted:
        record = found[row_id] if row_id else None
        declared.check(record, call.who)
        _act(declared, record, _settled(call, record), form, batch)


def _act(
    declared: Action[R], found: R | None, call: Call, form: Form, batch: Batch
) -> tuple[Record | None, Outcome]:
    outcome = declared.body(found, call, form)
    move = None if declared.creates else declared.move
    return batch.take(declared.of, move, found, call, outcome), outcome


def _request(declared: Action[Any], rows: Sequence[tuple[UUID | None, Form]]) -> bytes:
    """A keyed digest of what is asked; personal text never leaves it."""
    asked = [declared.what, [[row_id, form.model_dump()] for row_id, form in rows]]
    return hmac.new(keys.key("mac"), canonical.dumps(asked).encode(), hashlib.sha256).digest()


def _request_of_many(declared: Action[Any], rows: Sequence[tuple[UUID | None, Form]]) -> bytes:
    """The same for a batch, fed row by row in the form's own JSON: a batch is long."""
    found = hmac.new(keys.key("mac"), declared.what.encode(), hashlib.sha256)
    for row_id, form in rows:
        found.update(f"\n{row_id} {form.model_dump_json()}".encode())
    return found.digest()


def _used(declared: Action[Any], call: Call, request: bytes, entry_id: UUID) -> Done | None:
    """The stored result of a key used before; else the key is taken now."""
    use = ledger.use_key(call.who.caller, call.key, request, entry_id)
    if use is None:
        return None
    if bytes(use.request) != request:
        raise Refusal("key-reused", action=declared.title, key=call.key)
    return dataclasses.replace(_done(history.body_of(use.entry_id)), replayed=True)


def _check_inner(declared: Action[Any], call: Call) -> None:
    if declared.inner and not call.inner:
        raise Refusal("inner-only", action=declared.title)


def _find(declared: Action[R], record_id: UUID | None, who: Who) -> R | None:
    if (record_id is None) != declared.creates:
        raise Refusal("not-found", type=declared.of.title)
    if record_id is None:
        return None
    found = declared.of.read(who).filter(pk=record_id).first()
    if found is None:
        raise Refusal("not-found", type=declared.of.title)
    return found


def _find_all(declared: Action[R], wanted: Sequence[UUID | None], who: Who) -> dict[UUID, R]:
    ids = {row_id for row_id in wanted if row_id}
    if any(row_id is None for row_id in wanted):
        raise Refusal("not-found", type=declared.of.title)
    found = declared.of.read(who).in_bulk(ids) if ids else {}
    if missing := ids - found.keys():
        raise Refusal("not-found", type=declared.of.title, ids=sorted(map(str, missing))[:10])
    return found


def _check_base(found: Record, call: Call, given: object) -> None:
    """Compare what the call was based on with what is there; the swap itself compares again."""
    base = call.base
    if isinstance(base, str):
        base = history.version_left_by(call.who.caller, base, found.id)
    elif base is None:
        base = given.version if isinstance(given, Record) else found.version
    if base != found.version:
        raise Refusal("changed-meanwhile", changes=history.changes_since(found.id, base))


def _settled(call: Call, found: Record | None) -> Call:
    """Deadlines run from `at` if it lies between the state it builds on and its receipt."""
    if call.at <= call.received_at and (found is None or found.moved_at <= call.at):
        return call
    return dataclasses.replace(call, at=call.received_at, doubtful=True)


def _named(of: RecordType[Any], own: Record) -> dict[str, object]:
    written = ledger.Written.of(own)
    return {
        "type": of.name,
        "id": written.row_id,
        "version": written.version,
        "state": own.state,
        "digest": written.digest,
    }


def _said(declared: Action[Any], call: Call, settled: Call) -> dict[str, Any]:
    """Who, what, when: the part of a row that every entry has."""
    return {
        "what": declared.what,
        "title": declared.title,
        "source": declared.source,
        "who": call.who.named(),
        "way": call.way,
        "key": call.key,
        "at": settled.at,
        "claimed_at": call.at,
        "doubtful": settled.doubtful,
        "received_at": call.received_at,
    }


def _done(body: str) -> Done:
    """The result of an entry, for its caller: from its body, so that a repeat says the same."""
    said = json.loads(body)
    record = said["record"] or {}
    return Done(
        action=said["what"],
        entry=UUID(said["id"]),
        record=UUID(record["id"]) if record else None,
        version=record.get("version", 0),
        state=record.get("state", ""),
        result=said["result"],
    )
