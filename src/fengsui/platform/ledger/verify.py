"""Recompute everything the ledger claims: entries, rows, leaves, nodes, heads, and every record.

Not covered: a thief of both keys on a machine whose heads never left it could write a new history
(whoever keeps one earlier head finds that too: `earlier`); the queue of news (deliveries), which is
work and not evidence; the digest of a request beside its key, which can only refuse a repeat.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.apps import apps

from fengsui.kernel import canonical, merkle
from fengsui.platform import keys
from fengsui.platform.ledger import queries, store
from fengsui.platform.ledger.models import Entry, EntryRow, Head
from fengsui.platform.ledger.store import Written
from fengsui.platform.records import Row, type_name

Tree = dict[tuple[int, int], bytes]


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


def verify(
    earlier: Mapping[str, Any] | None = None, kept: Iterable[Mapping[str, Any]] = ()
) -> Report:
    """Check the whole ledger and every row it answers for.

    With `earlier`, a head kept elsewhere, also that history only grew since; `kept` are the heads
    this installation has exported: each must still be one of its own.
    """
    report = Report()
    known, used = _entries(report)
    trees = {log: _tree(_leaves(log, known, report)) for log in queries.logs()}
    for log, tree in trees.items():
        _nodes(log, tree, report)
        _heads(log, tree, report)
        _opened(log, report)
    _outside(trees, earlier, kept, report)
    _pending(known.keys(), report)
    _key_uses(known.keys(), used, report)
    _rows(report)
    return report


def _entries(report: Report) -> tuple[dict[UUID, bytes], dict[tuple[str, str], UUID]]:
    """Every entry: its MAC, its columns, the rows it says it wrote. Gives leaf hashes and keys used."""
    known: dict[UUID, bytes] = {}
    used: dict[tuple[str, str], UUID] = {}
    for entry, rows in queries.entries_with_rows():
        report.entries += 1
        known[entry.id] = merkle.leaf_hash(store.leaf_data(entry.body))
        if store.mac(entry.body) != bytes(entry.mac):
            report.say(f"记录 {entry.id}：校验码不符，内容被改动")
            continue
        said = json.loads(entry.body)
        if _columns(entry) != _said_columns(said):
            report.say(f"记录 {entry.id}：索引列与内容不符")
        if said["rows"] != _rows_of(rows):
            report.say(f"记录 {entry.id}：所写各行的摘要被改动、增加或删除")
        if "key" in said:
            used[_caller(said["who"]), said["key"]] = entry.id
    return known, used


def _columns(entry: Entry) -> tuple[object, ...]:
    names = (str(entry.id), entry.what, entry.record_type, str(entry.record_id or ""))
    return (*names, entry.version, entry.at, entry.received_at)


def _said_columns(said: Mapping[str, Any]) -> tuple[object, ...]:
    record = said["record"] or {}
    names = (said["id"], said["what"], record.get("type", ""), str(record.get("id", "")))
    moments = (datetime.fromisoformat(said[name]) for name in ("at", "received_at"))
    return (*names, record.get("version", 0), *moments)


def _rows_of(rows: list[EntryRow]) -> dict[str, object] | None:
    """What an entry must say of these rows; None when they are not numbered 0, 1, 2 …"""
    if [row.ordinal for row in rows] != list(range(len(rows))):
        return None
    written = [Written(row.row_type, row.row_id, row.version, bytes(row.digest)) for row in rows]
    return {"count": len(written), "root": store.rows_root(written)}


def _caller(who: Mapping[str, str]) -> str:
    """Whose key it was, from the entry's own words (`Who.caller`)."""
    return who.get("post") or who.get("device") or who["kind"]


def _leaves(log: int, known: Mapping[UUID, bytes], report: Report) -> list[bytes]:
    """Leaves stand at 0, 1, 2 … and each has its entry. Gives the leaf hashes."""
    hashes: list[bytes] = []
    for index, entry_id in queries.leaves(log):
        if index != len(hashes):
            report.say(f"日志 {log}：第 {len(hashes)} 条缺失")
            hashes += [b""] * min(index - len(hashes), 1)
        if entry_id not in known:
            report.say(f"日志 {log} 第 {index} 条：记录 {entry_id} 已不存在")
        hashes.append(known.get(entry_id, b""))
    return hashes


def _tree(hashes: list[bytes]) -> Tree:
    """Every complete subtree over these leaf hashes."""
    tree: Tree = {}
    level, row = 0, hashes
    while row:
        tree.update({(level, index): value for index, value in enumerate(row)})
        row = [merkle.node_hash(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)]
        level += 1
    return tree


def _size(tree: Tree) -> int:
    return sum(level == 0 for level, _ in tree)


def _root(tree: Tree, size: int) -> bytes:
    return merkle.root(lambda level, index: tree[level, index], size)


def _nodes(log: int, expected: Tree, report: Report) -> None:
    """The stored subtree hashes are those of the leaves, none missing and none beside them."""
    stored = queries.nodes(log)
    for place in sorted(expected.keys() | stored.keys()):
        if expected.get(place) != stored.get(place):
            first = place[1] << place[0]
            report.say(f"日志 {log}：第 {first} 条起的 {1 << place[0]} 条与树中摘要不符")
            return


def _heads(log: int, tree: Tree, report: Report) -> None:
    """Each head is signed by our key, follows the one before, and is the root of what it covers."""
    agreed, previous, size = 0, "", _size(tree)
    for head in queries.heads(log):
        report.heads += 1
        said = _previous(head)
        text = store.head_text(log, head.size, bytes(head.root), head.at, said)
        if text != head.signed or not _signed(head.signed, bytes(head.signature)):
            report.say(f"日志 {log} 的树头（{head.size} 条）：签名不符")
        elif said != previous:
            report.say(f"日志 {log}：树头（{head.size} 条）之前的树头被删除或更换")
        elif head.size > size:
            report.say(f"日志 {log}：树头签到 {head.size} 条，现在只有 {size} 条，末尾被删除")
        elif _root(tree, head.size) != bytes(head.root):
            report.say(f"日志 {log}：第 {agreed} 条到第 {head.size - 1} 条之间的历史被改动")
        else:
            agreed = head.size
        previous = store.link(head.signed)


def _previous(head: Head) -> str:
    """Which head this one says it follows; nothing readable counts as none."""
    try:
        return str(json.loads(head.signed)["previous"])
    except (ValueError, LookupError, TypeError):
        return ""


def _signed(text: str, signature: bytes) -> bool:
    public: Ed25519PublicKey = keys.signing_key().public_key()
    try:
        public.verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True


def _opened(log: int, report: Report) -> None:
    """A log after the first begins with the last head of the one before, and the reason."""
    if log == 1:
        return
    reason, body = queries.opening(log)
    before = queries.heads(log - 1)
    head = before[-1].signed if before else "null"
    expected = f'{{"head":{head},"reason":{canonical.dumps(reason)}}}'
    if f'"result":{expected},' not in body or f'"what":"{store.RESTORED}"' not in body:
        report.say(f"日志 {log}：首条没有照实写明前一日志的最后树头和启用理由")


def _outside(
    trees: Mapping[int, Tree],
    earlier: Mapping[str, Any] | None,
    kept: Iterable[Mapping[str, Any]],
    report: Report,
) -> None:
    """Heads that left the database: each is the root of a beginning of what is here now."""
    if earlier is not None:
        _grew(earlier, trees, report)
    own = {(log, head.size): head.signed for log in trees for head in queries.heads(log)}
    for head in kept:
        signed = own.get((head["log"], head["size"]))
        if signed is None or signed != canonical.dumps(head):
            report.say(f"日志 {head['log']}：导出过的树头（{head['size']} 条）在库中被删除或更换")


def _grew(earlier: Mapping[str, Any], trees: Mapping[int, Tree], report: Report) -> None:
    """An earlier head, kept elsewhere, must be the root of a beginning of what is here now."""
    log, size = int(earlier["log"]), int(earlier["size"])
    tree = trees.get(log, {})
    if size > _size(tree):
        report.say(f"与先前的树头相比，日志 {log} 少了 {size - _size(tree)} 条：末尾被删除")
    elif _root(tree, size).hex() != earlier["root"]:
        own = [(head.size, bytes(head.root)) for head in queries.heads(log) if head.size < size]
        agreed = max((n for n, root in own if _root(tree, n) == root), default=0)
        report.say(f"与先前的树头不一致：第 {agreed} 条到第 {size - 1} 条之间的历史被改动")


def _pending(known: Iterable[UUID], report: Report) -> None:
    """An entry has a leaf or waits for one, never both; anything else was slipped in or lost."""
    placed, waiting = queries.placed_entries()
    for entry_id in set(known) - placed - waiting:
        report.say(f"记录 {entry_id}：既不在树中，也不在待封存之列")
    for entry_id in placed & waiting:
        report.say(f"记录 {entry_id}：已在树中，又被列入待封存")


def _key_uses(known: Iterable[UUID], used: Mapping[tuple[str, str], UUID], report: Report) -> None:
    """A key stands for the entry that names it: none slipped in to swallow a call, none taken out."""
    entries, left = set(known), dict(used)
    for caller, key, entry_id in queries.key_uses():
        if left.pop((caller, key), None) != entry_id and entry_id in entries:
            report.say(f"记录 {entry_id}：提交编号 {key} 与内容不符")
        elif entry_id not in entries:
            report.say(f"记录 {entry_id}：只有提交编号，没有内容，已被删除或凭空写入")
    for (_, key), entry_id in left.items():
        report.say(f"记录 {entry_id}：提交编号 {key} 被删除")


def _rows(report: Report) -> None:
    """Every record and fact is as its last entry left it, none missing, none without an entry."""
    for model in apps.get_models():
        if not issubclass(model, Row):
            continue
        name = type_name(model)
        last = queries.last_digests(name)
        for row in _all(model, report):
            stood = last.pop(row.id, None)
            now = _written(row)
            if stood is None:
                report.say(f"{name} {row.id}：没有任何台账记录，是直接写入的")
            elif now != stood:
                report.say(f"{name} {row.id}：与最后一次办理后的摘要不符，被直接改动")
        for missing in last:
            report.say(f"{name} {missing}：台账中有，数据中没有，被直接删除")


def _written(row: Row) -> tuple[int, bytes] | None:
    """Version and digest of a row as it stands; None for one that cannot even be read any more."""
    try:
        now = Written.of(row)
    except (ValueError, TypeError, ArithmeticError, InvalidTag):
        return None
    return now.version, now.digest


def _all(model: type[Row], report: Report) -> Iterator[Row]:
    """Every row of a type; one whose columns hold what no value is written as stops the reading."""
    try:
        for row in queries.every(model):
            report.records += 1
            yield row
    except (ValueError, TypeError, ArithmeticError) as unreadable:
        report.say(f"{type_name(model)}：有无法读出的行（{unreadable}），被直接改动")
