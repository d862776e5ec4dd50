"""Recompute everything the ledger claims: entries, rows, leaves, nodes, heads, and every record.

Not covered: a thief of both keys on a machine whose heads never left it could write a new history.
Whoever keeps one earlier head finds that too (`earlier`).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.apps import apps

from fengsui.kernel import merkle
from fengsui.platform import keys
from fengsui.platform.ledger import queries, store
from fengsui.platform.ledger.store import Written
from fengsui.platform.records import Row, type_name


@dataclass
class Report:
    """What was looked at, and what is wrong, each as a sentence that names the entry or record."""

    entries: int = 0
    records: int = 0
    heads: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.wrong

    def say(self, sentence: str) -> None:
        self.wrong.append(sentence)


def verify(earlier: Mapping[str, Any] | None = None) -> Report:
    """Check the whole ledger and every row it answers for; with `earlier`, that history only grew."""
    report = Report()
    known = _entries(report)
    for log in queries.logs():
        hashes = _leaves(log, known, report)
        _nodes(log, hashes, report)
        _heads(log, hashes, report)
        if earlier and earlier["log"] == log:
            _grew(earlier, hashes, report)
    _pending(known, report)
    _rows(report)
    return report


def _entries(report: Report) -> dict[UUID, str]:
    """Every entry: its MAC, its columns, and the rows it says it wrote. Gives id → body."""
    known: dict[UUID, str] = {}
    for entry, rows in queries.entries_with_rows():
        report.entries += 1
        known[entry.id] = entry.body
        if store.mac(entry.body) != bytes(entry.mac):
            report.say(f"记录 {entry.id}：校验码不符，内容被改动")
            continue
        said = json.loads(entry.body)
        record = said["record"] or {}
        columns = (str(entry.id), entry.what, str(entry.record_id or ""), entry.version)
        if columns != (
            said["id"],
            said["what"],
            str(record.get("id", "")),
            record.get("version", 0),
        ):
            report.say(f"记录 {entry.id}：索引列与内容不符")
        written = [
            Written(row.row_type, row.row_id, row.version, bytes(row.digest)) for row in rows
        ]
        if said["rows"] != {"count": len(written), "root": store.rows_root(written)}:
            report.say(f"记录 {entry.id}：所写各行的摘要被改动、增加或删除")
    return known


def _leaves(log: int, known: Mapping[UUID, str], report: Report) -> list[bytes]:
    """Leaves stand at 0, 1, 2 … and each has its entry. Gives the leaf hashes."""
    hashes: list[bytes] = []
    for index, entry_id in queries.leaves(log):
        if index != len(hashes):
            report.say(f"日志 {log}：第 {len(hashes)} 条缺失")
            hashes += [b""] * (index - len(hashes))
        if entry_id not in known:
            report.say(f"日志 {log} 第 {index} 条：记录 {entry_id} 已不存在")
            hashes.append(b"")
        else:
            hashes.append(merkle.leaf_hash(store.leaf_data(known[entry_id])))
    return hashes


def _nodes(log: int, hashes: list[bytes], report: Report) -> None:
    """The stored subtree hashes are those of the leaves, none missing and none beside them."""
    expected: dict[tuple[int, int], bytes] = {}
    level, row = 0, hashes
    while row:
        expected.update({(level, index): value for index, value in enumerate(row)})
        row = [merkle.node_hash(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)]
        level += 1
    stored = queries.nodes(log)
    for place in sorted(expected.keys() | stored.keys()):
        if expected.get(place) != stored.get(place):
            first = place[1] << place[0]
            report.say(f"日志 {log}：第 {first} 条起的 {1 << place[0]} 条与树中摘要不符")
            return


def _heads(log: int, hashes: list[bytes], report: Report) -> None:
    """Each head is signed by our key and is the root of the leaves it covers; sizes only grow."""
    agreed = 0
    for head in queries.heads(log):
        report.heads += 1
        text = store.head_text(log, head.size, bytes(head.root), head.at)
        if text != head.signed or not _signed(head.signed, bytes(head.signature)):
            report.say(f"日志 {log} 的树头（{head.size} 条）：签名不符")
        elif head.size > len(hashes):
            report.say(
                f"日志 {log}：树头签到 {head.size} 条，现在只有 {len(hashes)} 条，末尾被删除"
            )
        elif merkle.root_of(hashes[: head.size]) != bytes(head.root):
            report.say(f"日志 {log}：第 {agreed} 条到第 {head.size - 1} 条之间的历史被改动")
        else:
            agreed = head.size


def _signed(text: str, signature: bytes) -> bool:
    public: Ed25519PublicKey = keys.signing_key().public_key()
    try:
        public.verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True


def _grew(earlier: Mapping[str, Any], hashes: list[bytes], report: Report) -> None:
    """An earlier head, kept elsewhere, must be the root of a beginning of what is here now."""
    size = int(earlier["size"])
    if size > len(hashes):
        report.say(f"与先前的树头相比少了 {size - len(hashes)} 条：末尾被删除")
    elif merkle.root_of(hashes[:size]).hex() != earlier["root"]:
        agreed = max(
            (
                n
                for n, root in queries.roots()
                if n < size and merkle.root_of(hashes[:n]).hex() == root
            ),
            default=0,
        )
        report.say(f"与先前的树头不一致：第 {agreed} 条到第 {size - 1} 条之间的历史被改动")


def _pending(known: Mapping[UUID, str], report: Report) -> None:
    """An entry has a leaf or waits for one; anything else was slipped in or lost."""
    placed = queries.placed_entries()
    for entry_id in known.keys() - placed:
        report.say(f"记录 {entry_id}：既不在树中，也不在待封存之列")


def _rows(report: Report) -> None:
    """Every record and fact is as its last entry left it, none missing, none without an entry."""
    for model in apps.get_models():
        if not issubclass(model, Row):
            continue
        name = type_name(model)
        last = queries.last_digests(name)
        for row in _all(model):
            report.records += 1
            stood = last.pop(row.id, None)
            now = Written.of(row)
            if stood is None:
                report.say(f"{name} {row.id}：没有任何台账记录，是直接写入的")
            elif (now.version, now.digest) != stood:
                report.say(f"{name} {row.id}：与最后一次办理后的摘要不符，被直接改动")
        for missing in last:
            report.say(f"{name} {missing}：台账中有，数据中没有，被直接删除")


def _all(model: type[Row]) -> Iterator[Row]:
    return queries.every(model)
