"""Carrying an import out: each row tried first, good rows written in short batches, one ledger entry a batch."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform, perform_many
from fengsui.platform.calls import Call, Form, Way
from fengsui.platform.imports.importer import Importer, Step
from fengsui.platform.imports.reading import Fault, Wanted, check_titles, fault_of, read_line
from fengsui.platform.imports.sheet import READ_ONLY, Sheet, limits
from fengsui.platform.rules import local_day
from fengsui.platform.who import Who


@dataclass
class Report:
    """What became of a table. `written` is false for a trial, and when all or nothing was nothing."""

    kind: str
    rows: int
    new: int = 0
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    written: bool = False

    @property
    def bad(self) -> int:
        return len({fault.row for fault in self.faults})

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "bad": self.bad}


def run(
    importer: Importer,
    sheet: Sheet,
    who: Who,
    now: datetime,
    *,
    dry_run: bool = False,
    all_or_nothing: bool = False,
) -> Report:
    """Import what is right and name what is not. Doing it again changes nothing.

    `dry_run` writes nothing; `all_or_nothing` writes only if no row is wrong (one transaction, so
    the table must be short). Refuses `too-many-at-once`.
    """
    report = Report(importer.kind, len(sheet.lines))
    report.faults += check_titles(importer, sheet, who)
    if ours := [title for title in sheet.titles if title.endswith(READ_ONLY)]:
        report.notes.append(_("只读的列，导入时不看：{titles}").format(titles="、".join(ours)))
    if report.faults:
        return report
    most = limits(local_day(now))
    if all_or_nothing and not dry_run and len(sheet.lines) > most.at_once:
        raise Refusal("too-many-at-once", limit=most.at_once, rows=len(sheet.lines))
    run_ = _Run(importer, who, now, report)
    chunks = _chunks(_read(importer, sheet, who, report), importer.apart, most.batch)
    if all_or_nothing and not dry_run:
        run_.wholly(chunks)
    else:
        for chunk in chunks:
            run_.chunk(chunk, dry_run=dry_run)
    report.written = not dry_run and not (all_or_nothing and report.faults)
    report.faults.sort(key=lambda fault: fault.row)
    return report


def _read(importer: Importer, sheet: Sheet, who: Who, report: Report) -> list[Wanted]:
    read = [read_line(importer, line, who) for line in sheet.lines]
    report.faults += [fault for _, faults in read for fault in faults]
    return [wanted for wanted, _ in read if wanted is not None]


def _chunks(rows: Sequence[Wanted], apart: str, size: int) -> Iterator[list[Wanted]]:
    """Short batches; rows about the same thing stay together, in their order."""
    groups: dict[str, list[Wanted]] = {}
    for row in rows:
        groups.setdefault(row.line.cells.get(apart, ""), []).append(row)
    chunk: list[Wanted] = []
    for group in groups.values():
        if chunk and len(chunk) + len(group) > size:
            yield chunk
            chunk = []
        chunk += group
    if chunk:
        yield chunk


@dataclass
class _Run:
    importer: Importer
    who: Who
    now: datetime
    report: Report

    def call(self) -> Call:
        return Call(self.who, Way.IMPORT, str(new_id()), at=self.now, received_at=self.now)

    def wholly(self, chunks: Iterator[list[Wanted]]) -> None:
        with transaction.atomic():
            for chunk in chunks:
                self.chunk(chunk, dry_run=False)
            if self.report.faults:
                transaction.set_rollback(True)

    def chunk(self, rows: list[Wanted], *, dry_run: bool) -> None:
        """Try each row, undo that, then write the good ones in one stroke."""
        with transaction.atomic():
            tried = [(row, self._tried(row)) for row in rows]
            transaction.set_rollback(True)
        tried = [(row, self._unmasked(row, steps)) for row, steps in tried]
        good = [(row, steps) for row, steps in tried if steps is not None]
        self.report.unchanged += sum(not steps for _, steps in good)
        new = [(row, steps) for row, steps in good if steps]
        self.report.new += len(new)
        if not dry_run:
            with transaction.atomic():
                self._write(new)

    def _unmasked(
        self, row: Wanted, steps: list[tuple[Step, Form]] | None
    ) -> list[tuple[Step, Form]] | None:
        """A mask says "as it was"; what is only now made has nothing of that kind."""
        if not row.masks or not steps:
            return steps
        self.report.faults.append(
            Fault(
                row.line.number,
                row.masks[0],
                "",
                _("带星号的内容不是原文"),
                _("请填写完整内容，或清空"),
            )
        )
        return None

    def _tried(self, row: Wanted) -> list[tuple[Step, Form]] | None:
        """The steps that would change something; None when one is refused."""
        needed: list[tuple[Step, Form]] = []
        with transaction.atomic():
            for step, form in row.forms:
                try:
                    perform(step.action, None, self.call(), form)
                    needed.append((step, form))
                except Refusal as no:
                    if no.code not in step.already:
                        self.report.faults.append(fault_of(no, step, row.line))
                        transaction.set_rollback(True)
                        return None
        return needed

    def _write(self, rows: list[tuple[Wanted, list[tuple[Step, Form]]]]) -> None:
        """Step by step; rows about the same thing one after the other, else together."""
        for step in self.importer.steps:
            forms = [
                (row.line.cells.get(self.importer.apart, ""), form)
                for row, needed in rows
                for wanted, form in needed
                if wanted is step
            ]
            for layer in _layers(forms):
                perform_many(step.action, [(None, form) for form in layer], self.call())


def _layers(forms: Sequence[tuple[str, Form]]) -> list[list[Form]]:
    """The first form about each thing, then the second ones, and so on."""
    layers: dict[int, list[Form]] = defaultdict(list)
    depth: dict[str, int] = defaultdict(int)
    for about, form in forms:
        layers[depth[about]].append(form)
        depth[about] += 1
    return list(layers.values())
