"""Reading the ledger: one record's history, and what changed since somebody looked."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import serialization
from django.db.models import Max, Q

from fengsui.kernel import merkle
from fengsui.kernel.refusal import Refusal
from fengsui.platform import keys
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
from fengsui.platform.records import Row

_BATCH = 2_000
PAGE_SIZE = 100


def body_of(entry_id: UUID) -> str:
    return str(Entry.objects.values_list("body", flat=True).get(id=entry_id))


def timeline(record_id: UUID, limit: int = 100) -> list[Mapping[str, Any]]:
    """The entries of one record, and those over many that wrote it: newest first, each with its leaf
    index once it is sealed."""
    wrote = EntryRow.objects.filter(row_id=record_id).values_list("entry_id", flat=True)
    entries = Entry.objects.filter(Q(record_id=record_id) | Q(id__in=list(wrote)))
    return _placed(list(entries.order_by("-received_at", "-version")[:limit]))


def recent(after: UUID | None = None, what: str = "") -> list[Mapping[str, Any]]:
    """A page of the whole ledger, newest first, perhaps of one action; with leaf indexes."""
    entries = Entry.objects.filter(what=what) if what else Entry.objects.all()
    if after:
        entries = entries.filter(id__lt=after)
    return _placed(list(entries.order_by("-id")[:PAGE_SIZE]))


def _placed(entries: list[Entry]) -> list[Mapping[str, Any]]:
    leaves = Leaf.objects.filter(entry__in=[entry.id for entry in entries])
    places = dict(leaves.values_list("entry_id", "index"))
    return [{**json.loads(entry.body), "leaf": places.get(entry.id)} for entry in entries]


def entries_before(kinds: Sequence[str], before: str, limit: int = 50) -> list[Mapping[str, Any]]:
    """Entries whose kind begins so (`post.`) or ends so (`.reveal`), newest first, keyset by id."""
    wanted = Q()
    for kind in kinds:
        wanted |= Q(what__endswith=kind) if kind.startswith(".") else Q(what__startswith=kind)
    found = Entry.objects.filter(wanted).order_by("-id")
    if before:
        found = found.filter(id__lt=UUID(before))
    return [json.loads(body) for body in found.values_list("body", flat=True)[:limit]]


def changes_since(record_id: UUID, version: int) -> list[dict[str, str]]:
    """Who did what to a record after `version`, oldest first: what a late caller is told."""
    bodies = Entry.objects.filter(record_id=record_id, version__gt=version).order_by("version")
    said = [json.loads(body) for body in bodies.values_list("body", flat=True)[:10]]
    return [
        {"title": entry["title"], "who": entry["who"]["name"], "at": entry["at"]} for entry in said
    ]


def version_left_by(caller: str, key: str, record_id: UUID) -> int:
    """The version a record had after the call `key` of `caller`, or an action inside it; 0 if none."""
    entries = KeyUse.objects.filter(Q(key=key) | Q(key__startswith=f"{key}/"), caller=caller)
    rows = EntryRow.objects.filter(entry__in=entries.values("entry_id"), row_id=record_id)
    own = Entry.objects.filter(id__in=entries.values("entry_id"), record_id=record_id)
    versions = [*rows.values_list("version", flat=True), *own.values_list("version", flat=True)]
    return max(versions, default=0)


def sealed_place(entry_id: UUID) -> str:
    """Where an entry stands: the log and its index, or that it waits to be sealed."""
    leaf = Leaf.objects.filter(entry=entry_id).first()
    return f"日志 {leaf.log_id} 第 {leaf.index} 条" if leaf else "待封存（一分钟内）"


def latest_heads(limit: int = 50) -> list[dict[str, Any]]:
    """The newest signed heads."""
    heads = Head.objects.order_by("-log", "-size")[:limit]
    return [{"size": head.size, "at": head.at, "root": bytes(head.root).hex()} for head in heads]


def public_key() -> str:
    """The key that signs the heads, PEM."""
    encoded = (
        keys.signing_key()
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return encoded.decode()


def logs() -> list[int]:
    return list(Log.objects.order_by("number").values_list("number", flat=True))


def entries_with_rows() -> Iterator[tuple[Entry, list[EntryRow]]]:
    """Every entry with its rows in their order, in batches of bounded memory."""
    last: UUID | None = None
    while True:
        batch = Entry.objects.order_by("id")
        found = list(batch.filter(id__gt=last)[:_BATCH] if last else batch[:_BATCH])
        if not found:
            return
        rows: dict[UUID, list[EntryRow]] = {entry.id: [] for entry in found}
        for row in EntryRow.objects.filter(entry__in=list(rows)).order_by("ordinal"):
            rows[row.entry_id].append(row)
        for entry in found:
            yield entry, rows[entry.id]
        last = found[-1].id


def leaves(log: int) -> Iterator[tuple[int, UUID]]:
    places = Leaf.objects.filter(log=log).order_by("index").values_list("index", "entry_id")
    yield from places.iterator(chunk_size=_BATCH)


def nodes(log: int) -> dict[tuple[int, int], bytes]:
    stored = Node.objects.filter(log=log).values_list("level", "index", "hash")
    return {(level, index): bytes(value) for level, index, value in stored.iterator()}


def heads(log: int) -> list[Head]:
    return list(Head.objects.filter(log=log).order_by("size"))


def heads_after(log: int, size: int, limit: int) -> list[Head]:
    """Heads newer than the one of `size` in `log`, the oldest first."""
    newer = Head.objects.filter(Q(log=log, size__gt=size) | Q(log__gt=log))
    return list(newer.order_by("log", "size")[:limit])


def opening(log: int) -> tuple[str, str]:
    """The reason a log was opened for, and the body of its first entry ("" without one)."""
    first = Leaf.objects.filter(log=log, index=0).select_related("entry").first()
    return Log.objects.get(number=log).reason, first.entry.body if first else ""


def placed_entries() -> tuple[set[UUID], set[UUID]]:
    """Entries with a leaf, and entries waiting for one."""
    leaf = Leaf.objects.values_list("entry_id", flat=True)
    return set(leaf), set(Pending.objects.values_list("entry_id", flat=True))


def key_uses() -> Iterator[tuple[str, str, UUID]]:
    """Caller, key and entry of every idempotency key."""
    uses = KeyUse.objects.values_list("caller", "key", "entry_id")
    yield from uses.iterator(chunk_size=_BATCH)


def last_digests(row_type: str) -> dict[UUID, tuple[int, bytes]]:
    """The newest version and digest of every row of a type."""
    last: dict[UUID, tuple[int, bytes]] = {}
    rows = EntryRow.objects.filter(row_type=row_type).order_by("version")
    for row_id, version, digest in rows.values_list("row_id", "version", "digest").iterator():
        last[row_id] = (version, bytes(digest))
    return last


def every(model: type[Row]) -> Iterator[Row]:
    yield from model._base_manager.order_by("pk").iterator(chunk_size=_BATCH)


def proof(entry_id: UUID) -> dict[str, Any]:
    """That an entry is in the tree of the newest head, for anybody. Refuses `entry-unknown`, `not-sealed`."""
    leaf = Leaf.objects.filter(entry=entry_id).first()
    if leaf is None:
        known = Entry.objects.filter(id=entry_id).exists()
        raise Refusal("not-sealed" if known else "entry-unknown", entry=entry_id)
    head = Head.objects.filter(log=leaf.log, size__gt=leaf.index).order_by("-size").first()
    if head is None:
        raise Refusal("not-sealed", entry=entry_id)

    def node(level: int, index: int) -> bytes:
        found = Node.objects.values_list("hash", flat=True)
        return bytes(found.get(log=leaf.log, level=level, index=index))

    body = body_of(entry_id)
    return {
        **published(head),
        "entry": str(entry_id),
        "digest": hashlib.sha256(body.encode()).hexdigest(),
        "log": leaf.log_id,
        "index": leaf.index,
        "path": [step.hex() for step in merkle.inclusion_path(node, leaf.index, head.size)],
    }


def published(head: Head) -> dict[str, Any]:
    """A head as it leaves the house: what was signed, the signature, and the key to check it with."""
    return {
        "head": json.loads(head.signed),
        "signature": bytes(head.signature).hex(),
        "public_key": public_key(),
    }


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry at its place."""

    log: int
    index: int
    entry_id: UUID
    what: str
    received_at: datetime
    by_post: str


def entries_after(log: int, index: int, limit: int) -> list[Placed]:
    """The sealed entries beyond a place, in the order of the log: for whoever reads along."""
    beyond = Leaf.objects.filter(Q(log=log, index__gt=index) | Q(log__gt=log))
    found = beyond.order_by("log", "index").select_related("entry")[:limit]
    return [
        Placed(
            log=leaf.log_id,
            index=leaf.index,
            entry_id=leaf.entry_id,
            what=leaf.entry.what,
            received_at=leaf.entry.received_at,
            by_post=json.loads(leaf.entry.body)["who"].get("post", ""),
        )
        for leaf in found
    ]


def rows_in(entries: Sequence[UUID], row_type: str) -> list[EntryRow]:
    """The rows of one type that some entries left, in their order."""
    found = EntryRow.objects.filter(entry__in=entries, row_type=row_type)
    return list(found.order_by("id"))


def published_heads(limit: int = 50) -> list[dict[str, Any]]:
    """The newest heads as they leave the house, newest first."""
    return [published(head) for head in Head.objects.order_by("-log", "-size")[:limit]]


def consistency(log: int, old: int, new: int) -> dict[str, Any]:
    """That the tree signed at `new` leaves only appends to the one signed at `old`.

    Refuses `head-unknown` for a size nobody signed, `heads-reversed` when `old` is the larger.
    """
    if old > new:
        raise Refusal("heads-reversed", first=old, last=new)
    signed = {head.size: head for head in Head.objects.filter(log=log, size__in={old, new})}
    for size in (old, new):
        if size not in signed:
            raise Refusal("head-unknown", log=log, size=size)

    def node(level: int, index: int) -> bytes:
        return bytes(
            Node.objects.values_list("hash", flat=True).get(log=log, level=level, index=index)
        )

    return {
        "log": log,
        "path": [step.hex() for step in merkle.consistency_path(node, old, new)],
        "from": published(signed[old]),
        "to": published(signed[new]),
    }


def latest_log() -> int:
    """The number of the log that grows now; 1 before the first entry."""
    return Log.objects.order_by("-number").values_list("number", flat=True).first() or 1


def waiting_since() -> datetime | None:
    """When the oldest entry was received that has no leaf yet."""
    oldest = Pending.objects.select_related("entry").order_by("id").first()
    return oldest.entry.received_at if oldest else None


def newest_entry_at() -> datetime | None:
    newest: datetime | None = Entry.objects.aggregate(newest=Max("received_at"))["newest"]
    return newest


def deliveries(stuck_attempts: int) -> tuple[int, int]:
    """News waiting for a handler, and how much of it has failed `stuck_attempts` times or more."""
    waiting = Delivery.objects.filter(done_at=None)
    return waiting.count(), waiting.filter(attempts__gte=stuck_attempts).count()
