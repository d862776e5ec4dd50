"""Reading the ledger: one record's history, and what changed since somebody looked."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import serialization
from django.db.models import Q

from fengsui.platform import keys
from fengsui.platform.ledger.models import Entry, EntryRow, Head, KeyUse, Leaf


def body_of(entry_id: UUID) -> str:
    return str(Entry.objects.values_list("body", flat=True).get(id=entry_id))


def timeline(record_id: UUID, limit: int = 100) -> list[Mapping[str, Any]]:
    """The entries of one record, newest first, each with its leaf index once it is sealed."""
    entries = Entry.objects.filter(record_id=record_id).order_by("-received_at", "-version")[:limit]
    places = dict(
        Leaf.objects.filter(entry__in=[entry.id for entry in entries]).values_list(
            "entry_id", "index"
        )
    )
    return [{**json.loads(entry.body), "leaf": places.get(entry.id)} for entry in entries]


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
