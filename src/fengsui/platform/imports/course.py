"""The course of a long import, step by step: read, check or write by short batches, report.

Of a table that goes in wholly or not at all, every row is checked before the first is written; a
short one (IMPORT-LIMITS `whole_rows`) is then written in one transaction.

Each step is a `jobs` step: what it changes is done in its `effect`, in one transaction with the
checkpoint. So a job that was killed goes on after the last batch that is in, and a batch is never in
twice. The command line walks the same steps; there a second run finds what is in and goes on.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from fengsui.kernel.ids import now
from fengsui.platform import durable, rules
from fengsui.platform.calls import Call, Way
from fengsui.platform.imports import parts
from fengsui.platform.imports.kinds import Change, Reader, TableKind, Verdict, unmasked
from fengsui.platform.imports.reading import Fault
from fengsui.platform.imports.sheet import READ_ONLY, limits, open_sheet
from fengsui.platform.jobs.kinds import Step, Work

Checkpoint = Mapping[str, Any]
_NOTHING: Checkpoint = {"new": 0, "changed": 0, "same": 0}
_START: Checkpoint = {"stage": "read", "at": 0, "new": 0, "changed": 0, "same": 0, "bad": 0}


def limit(name: str) -> int:
    """A number of rule IMPORT-LIMITS, as it stands today."""
    return rules.limit("IMPORT-LIMITS", name, _today())


def _today() -> date:
    return rules.local_day(now())


@dataclass
class Pace:
    """How fast this machine writes: batches are cut so that the write lock is held `lock_ms` at most."""

    seconds_a_row: float = 0.002
    ended: float = 0.0

    def size(self) -> int:
        fits = int(limit("lock_ms") / 1_000 / self.seconds_a_row)
        return max(10, min(fits, limit("part_rows")))

    def took(self, seconds: float, count: int) -> None:
        """Slower counts at once, faster by and by."""
        a_row = seconds / max(count, 1)
        self.ended = time.monotonic()
        self.seconds_a_row = max(a_row, 0.7 * self.seconds_a_row + 0.3 * a_row)

    def give_way(self) -> None:
        """Leave the lock free long enough that whoever waits for it finds it so.

        SQLite knows no queue: one who waits looks again after 1, 2, 5, 10, 15, 20, then three times
        25 ms, and ever more rarely later. So a lock held for less than 100 ms and then left for more
        than 25 is had by whoever waits, at the first change. What was needed to judge the next rows
        counts as part of the pause.
        """
        if connection.vendor == "sqlite":
            time.sleep(max(0.0, self.ended + limit("pause_ms") / 1_000 - time.monotonic()))


class Steady(Pace):
    """For a play: nobody waits for the lock, and what is written must not hang on the machine's speed."""

    def size(self) -> int:
        return limit("part_rows")

    def give_way(self) -> None:
        pass


PACE = Pace()


def step(kind: TableKind, work: Work, content: Callable[[], bytes], pace: Pace = PACE) -> Step:
    """The next step of an import. Arguments: `name`, `mode` ("", "try", "all")."""
    said = work.checkpoint or _START
    if said["stage"] == "read":
        return _read(kind, work, content())
    if said["stage"] == "report":
        return _report(work, said)
    return _batch(kind, work, said, pace)


def _read(kind: TableKind, work: Work, data: bytes) -> Step:
    """The file into parts. Refuses what `open_sheet` refuses."""
    found = open_sheet(BytesIO(data), len(data), work.arguments["name"], limits(_today()))
    notes, clear = [*found.notes, *_ignored(kind, found.titles)], kind.in_clear(found.titles)
    head = parts.keep(
        work.folder,
        lambda count: parts.Head(found.titles, clear, notes, count),
        found.lines,
        kind,
        limit("part_rows"),
    )
    faults = _check_titles(kind, work, head.titles)
    parts.keep_faults(work.folder, 0, faults)
    stage = "report" if faults else "check" if work.arguments.get("mode") else "write"
    checkpoint = {**_START, "stage": stage, "bad": len(faults), "whole": not faults}
    return Step(checkpoint, 0, head.rows, _("已读取 {rows} 行").format(rows=head.rows))


def _ignored(kind: TableKind, titles: Sequence[str]) -> list[str]:
    strange = kind.ignored(titles)
    ours = [title for title in strange if title.endswith(READ_ONLY)]
    others = [title for title in strange if title not in ours]
    said = ((_("没有用到的列：{titles}"), others), (_("只读的列，导入时不看：{titles}"), ours))
    return [words.format(titles="、".join(found)) for words, found in said if found]


def _check_titles(kind: TableKind, work: Work, titles: Sequence[str]) -> list[Fault]:
    """Columns that are missing or doubled: the whole table waits for these."""
    double = [title for title in sorted(set(titles)) if titles.count(title) > 1]
    needed = [column.title for column in kind.columns(work.who) if column.required]
    missing = [title for title in needed if title not in titles]
    return [
        *(Fault(1, title, title, _("这一列有两次"), _("请只留一列")) for title in double),
        *(Fault(1, title, "", _("缺少这一列"), _("请按模板补上")) for title in missing),
    ]


def _batch(kind: TableKind, work: Work, said: Checkpoint, pace: Pace) -> Step:
    """Judge the next rows and, unless they are only tried, write them."""
    at, writing = int(said["at"]), said["stage"] == "write"
    whole = work.arguments.get("mode") == "all" and work.total <= limit("whole_rows")
    size = pace.size() if writing and not whole else limit("part_rows")
    found = parts.rows(work.folder, at, size, limit("part_rows"))
    if not found:
        return _turn(work, said)
    verdicts, faults = _judged(kind, found, work)
    parts.keep_faults(work.folder, at, faults)
    checkpoint = {**said, "at": at + len(found), **_counted(said, verdicts, faults)}
    if writing and whole and faults:
        return _report(work, {**checkpoint, **_NOTHING, "written": False})
    effect = _writing(kind, verdicts, work, at, pace) if writing else None
    if writing:
        pace.give_way()
    return Step(checkpoint, at + len(found), work.total, _words(checkpoint), effect=effect)


def _judged(
    kind: TableKind, found: Sequence[parts.Kept], work: Work
) -> tuple[list[Verdict], list[Fault]]:
    reader, rows, faults = Reader.of(kind), [], list[Fault]()
    for kept in found:
        row, wrong = reader.read(kept.line)
        if row is not None and kept.twin:
            reason = _("与第 {row} 行重复").format(row=kept.twin)
            wrong = [Fault(kept.line.number, _first(kept), _value(kept), reason, _("请只留一行"))]
        faults += wrong
        if row is not None and not wrong:
            rows.append(replace(row, like=kept.like, nth=kept.nth))
    verdicts: list[Verdict] = []
    for one in kind.judge(rows, work.who):
        wrong = [one] if isinstance(one, Fault) else unmasked(kind, one)
        faults += wrong
        if isinstance(one, Verdict) and not wrong:
            verdicts.append(one)
    faults = [_without_people(kind, fault) for fault in sorted(faults, key=lambda f: f.row)]
    return verdicts, faults


def _without_people(kind: TableKind, fault: Fault) -> Fault:
    """A report repeats no value that is personal."""
    return fault if kind.in_clear([fault.column]) else replace(fault, value="")


def _first(kept: parts.Kept) -> str:
    return next(iter(kept.line.cells))


def _value(kept: parts.Kept) -> str:
    return kept.line.cells[_first(kept)]


def _counted(said: Checkpoint, verdicts: Sequence[Verdict], faults: Sequence[Fault]) -> Checkpoint:
    counts = {
        change.value: said[change.value] + sum(one.change is change for one in verdicts)
        for change in Change
    }
    return counts | {"bad": said["bad"] + len({fault.row for fault in faults})}


def _writing(
    kind: TableKind, verdicts: Sequence[Verdict], work: Work, at: int, pace: Pace
) -> Callable[[], None]:
    wanted = [one for one in verdicts if one.change is not Change.SAME]

    def effect() -> None:
        start = time.perf_counter()
        call = _call(work, f"rows/{at}")
        if wanted:
            kind.write(wanted, call)
            pace.took(time.perf_counter() - start, len(wanted))

    return effect


def _call(work: Work, word: str) -> Call:
    at = now()
    return Call(work.who, Way.IMPORT, f"import/{work.job_id}/{word}", at=at, received_at=at)


def _turn(work: Work, said: Checkpoint) -> Step:
    """All rows are through: what was only checked is written now, if it is wanted and all is right."""
    goes_on = said["stage"] == "check" and work.arguments["mode"] == "all" and not said["bad"]
    if goes_on:
        return Step({**_START, "stage": "write", "whole": True}, 0, work.total, _("全部检查通过"))
    written = said["stage"] == "write"
    checkpoint = {**said, "stage": "report", "written": written}
    return Step(checkpoint, work.done, work.total, _words(checkpoint))


def _report(work: Work, said: Checkpoint) -> Step:
    """The sheet of faults, and how it all ended."""
    name = ""
    if said["bad"]:
        name = f"{work.job_id}.xlsx"
        durable.write(work.folder / name, parts.fault_sheet(work.folder))
    checkpoint = {**said, "stage": "done"}
    words = _words(checkpoint)
    return Step(checkpoint, work.total, work.total, words, more=False, result=name)


def _words(said: Checkpoint) -> str:
    """How it stands, and what cancelling now would mean."""
    counts = _("新增 {new}，更正 {changed}，未变 {same}，有问题 {bad}").format(**said)
    if said["stage"] in ("report", "done"):
        return counts if said.get("written") else counts + _("；没有写入")
    if said["stage"] == "check":
        return _("检查中：") + counts
    return counts + _("；取消后已导入的行保留")
