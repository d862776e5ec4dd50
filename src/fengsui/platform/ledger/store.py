"""Writing the ledger: rows in the action's transaction, leaves and heads by the one sealer after it."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Max

from fengsui.kernel import canonical, merkle
from fengsui.kernel.ids import new_id
from fengsui.platform import keys, news
from fengsui.platform.inserts import insert, insert_all, insert_values
from fengsui.platform.ledger.models import (
    Delivery,
    Entry,
    EntryRow,
    Head,
    KeyUse,
    Leaf,
    Log,
    Node,
    Pending,
)
from fengsui.platform.records import Record, Row, digest, type_name

HASH, SIGNATURE = "sha256", "ed25519"
RESTORED = "ledger.restored"
_SEALER_LOCK = 0x46454E47  # any number that no other advisory lock of the product uses


class Written(NamedTuple):
    """A row as an entry left it."""

    row_type: str
    row_id: UUID
    version: int
    digest: bytes

    @classmethod
    def of(cls, row: Row) -> "Written":
        version = row.version if isinstance(row, Record) else 1
        return cls(type_name(row), row.id, version, digest(row))

    def leaf(self) -> bytes:
        # Canonical JSON spelled out: there is a leaf for each row.
        named = f'["{self.row_type}","{self.row_id}",{self.version},"{self.digest.hex()}"]'
        return merkle.leaf_hash(named.encode())


def rows_root(rows: Iterable[Written]) -> str:
    """The Merkle root over all rows of one entry, hex."""
    return merkle.root_of([row.leaf() for row in rows]).hex()


def mac(body: str) -> bytes:
    return hmac.new(keys.key("mac"), body.encode(), hashlib.sha256).digest()


def leaf_data(body: str) -> bytes:
    """What a leaf commits to: the digest of the entry, so that a proof shows nothing of it."""
    return hashlib.sha256(body.encode()).digest()


def write(entry_id: UUID, facts: dict[str, Any], rows: Sequence[Written]) -> Entry:
    """Write one entry with its rows and the deliveries of its news. Inside the action's transaction.

    `facts` holds `what`, `record` (or None), `at`, `received_at` and all else the row says.
    """
    body = canonical.dumps(
        {**facts, "id": entry_id, "rows": {"count": len(rows), "root": rows_root(rows)}}
    )
    record = facts["record"] or {}
    entry = Entry(
        id=entry_id,
        what=facts["what"],
        record_type=record.get("type", ""),
        record_id=record.get("id"),
        version=record.get("version", 0),
        at=facts["at"],
        received_at=facts["received_at"],
        body=body,
        mac=mac(body),
    )
    insert_all(Entry, [entry])
    insert_values(
        EntryRow,
        ("entry_id", "ordinal", "row_type", "row_id", "version", "digest"),
        (
            (entry_id, ordinal, row.row_type, row.row_id, row.version, row.digest)
            for ordinal, row in enumerate(rows)
        ),
    )
    insert_values(Pending, ("entry_id",), [(entry_id,)])
    if told := news.names(entry.what):
        Delivery.objects.bulk_create(
            Delivery(entry=entry, handler=name, subject=entry.record_id, due_at=entry.received_at)
            for name in told
        )
    return entry


def use_key(caller: str, key: str, request: bytes, entry_id: UUID) -> KeyUse | None:
    """Take a key for an entry: None, or the use that was there before.

    A second call of the same key waits here until the first is through.
    """
    use = {"caller": caller, "key": key, "request": request, "entry_id": entry_id}
    if insert(KeyUse, use, "ON CONFLICT (caller, key) DO NOTHING RETURNING id"):
        return None
    return KeyUse.objects.get(caller=caller, key=key)


def current_log(now: datetime) -> Log:
    """The log that grows now; the first is opened with the installation."""
    log = Log.objects.order_by("-number").first()
    return log or Log.objects.create(number=1, opened_at=now, reason="启用")


def seal(now: datetime, limit: int = 1_000) -> int:
    """Give the oldest entries without a leaf their places; how many were given.

    One sealer at a time: SQLite's write lock, or an advisory lock on PostgreSQL. Entries of one
    record come in the order of their commits, because the later one waited for the earlier's row.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEALER_LOCK])
        waiting = list(Pending.objects.select_related("entry").order_by("id")[:limit])
        if not waiting:
            return 0
        _place(current_log(now), waiting)
        return len(waiting)


def _place(log: Log, waiting: Sequence[Pending]) -> None:
    """Append these entries to the tree, in this order."""
    size = tree_size(log)
    Leaf.objects.bulk_create(
        Leaf(log=log, index=size + place, entry=pending.entry)
        for place, pending in enumerate(waiting)
    )
    hashes = [merkle.leaf_hash(leaf_data(pending.entry.body)) for pending in waiting]
    Node.objects.bulk_create(_grown(log, size, hashes))
    Pending.objects.filter(id__in=[pending.id for pending in waiting]).delete()


@transaction.atomic
def begin_log(now: datetime, reason: str) -> Log:
    """After a restore: the next log. Its first leaf names the last head of the one before and why.

    What the old tree had not sealed yet gets its leaf in the new one.
    """
    before = current_log(now)
    last = Head.objects.filter(log=before).order_by("-size").first()
    log = Log.objects.create(number=before.number + 1, opened_at=now, reason=reason)
    facts: dict[str, Any] = {
        "what": RESTORED,
        "title": "从备份恢复",
        "record": None,
        "at": now,
        "received_at": now,
        "result": {"reason": reason, "head": json.loads(last.signed) if last else None},
    }
    entry = write(new_id(), facts, [])
    _place(log, [Pending.objects.get(entry=entry)])
    return log


def tree_size(log: Log) -> int:
    top: int | None = Leaf.objects.filter(log=log).aggregate(top=Max("index"))["top"]
    return 0 if top is None else top + 1


def node_reader(log: Log) -> merkle.Node:
    """Complete subtrees of `log` from the table."""

    def node(level: int, index: int) -> bytes:
        return bytes(
            Node.objects.values_list("hash", flat=True).get(log=log, level=level, index=index)
        )

    return node


def _grown(log: Log, size: int, hashes: list[bytes]) -> list[Node]:
    """The nodes that become complete when `hashes` are appended to a tree of `size` leaves."""
    known: dict[tuple[int, int], bytes] = {}
    stored = node_reader(log)

    def at(level: int, index: int) -> bytes:
        return known.get((level, index)) or stored(level, index)

    for place, value in enumerate(hashes, start=size):
        known[0, place] = value
        level, index = 0, place
        while index & 1:
            level, index = level + 1, index >> 1
            known[level, index] = merkle.node_hash(
                at(level - 1, 2 * index), at(level - 1, 2 * index + 1)
            )
    return [
        Node(log=log, level=level, index=index, hash=value)
        for (level, index), value in known.items()
    ]


def head_text(log: int, size: int, root: bytes, at: datetime, previous: str) -> str:
    """What is signed: canonical JSON that names its algorithms and the head before it (`link`)."""
    return canonical.dumps(
        {
            "log": log,
            "size": size,
            "root": root,
            "at": at,
            "previous": previous,
            "hash": HASH,
            "signature": SIGNATURE,
        }
    )


def link(signed: str) -> str:
    """How the next head of a log names this one, so that none can be taken out between them."""
    return hashlib.sha256(signed.encode()).hexdigest()


def sign(now: datetime) -> Head | None:
    """Sign the tree if it grew since its last head; the new head, or None."""
    with transaction.atomic():
        log = current_log(now)
        size = tree_size(log)
        last = Head.objects.filter(log=log).order_by("-size").first()
        if size == 0 or (last is not None and last.size == size):
            return None
        root = merkle.root(node_reader(log), size)
        text = head_text(log.number, size, root, now, link(last.signed) if last else "")
        signature = keys.signing_key().sign(text.encode())
        return Head.objects.create(
            log=log, size=size, root=root, at=now, signed=text, signature=signature
        )


def lease(now: datetime, seconds: int = 6) -> Delivery | None:
    """Take the next piece of news that is due, or None. Unfinished, it is due again after `seconds`.

    Short, so that work resumes soon after a crash. A handler that takes longer may be run a second
    time by another worker meanwhile; it acts by keys made from the entry and takes effect once.

    News of one record reaches a handler in order: a later piece waits for an earlier one.
    """
    waiting = Delivery.objects.filter(done_at=None)
    for delivery in waiting.filter(due_at__lte=now).order_by("due_at", "id")[:50]:
        earlier = waiting.filter(
            subject=delivery.subject, handler=delivery.handler, id__lt=delivery.id
        )
        if delivery.subject and earlier.exists():
            continue
        taken = waiting.filter(id=delivery.id, due_at=delivery.due_at).update(
            due_at=now + timedelta(seconds=seconds), attempts=F("attempts") + 1
        )
        if taken:
            delivery.refresh_from_db()
            return delivery
    return None


def delivered(delivery: Delivery, now: datetime) -> None:
    Delivery.objects.filter(id=delivery.id).update(done_at=now, error="")


def failed(delivery: Delivery, now: datetime, error: str) -> None:
    """Back off: the piece is due again after 2^attempts seconds, an hour at most."""
    wait = min(2**delivery.attempts, 3_600)
    Delivery.objects.filter(id=delivery.id).update(
        due_at=now + timedelta(seconds=wait), error=error[:300]
    )


def entries() -> int:
    """How many entries there are; read row by row, so not for a page."""
    return Entry.objects.count()
