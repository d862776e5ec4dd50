"""Tables in: `import KIND FILE`."""

import argparse
import json
import tempfile
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fengsui.commands.declare import add, say, set_up

if TYPE_CHECKING:
    from fengsui.platform.imports.kinds import TableKind
    from fengsui.platform.imports.reading import Fault
    from fengsui.platform.imports.run import Report
    from fengsui.platform.jobs.kinds import Step


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    made = add(
        commands,
        "import",
        import_table,
        "从表格导入（监管对象、人员等）",
        "fengsui import people 人员.xlsx --dry-run",
        json=True,
    )
    made.add_argument("kind", metavar="KIND", help="导入什么：premises、people、regions …")
    made.add_argument("file", metavar="FILE", type=Path, nargs="?", help="xlsx、xls、ods 或 csv")
    made.add_argument("--dry-run", action="store_true", help="只试，不写入")
    made.add_argument("--all-or-nothing", action="store_true", help="有一行不对就一行也不导入")
    made.add_argument("--template", metavar="OUT", type=Path, help="写出空白模板，不导入")


def import_table(arguments: argparse.Namespace) -> int:
    """Exit 0 when every row went in or was there already, 1 when one did not."""
    set_up()
    if arguments.kind == "regions" and arguments.file is not None:
        return _regions(arguments.file)
    from fengsui.kernel.refusal import Refusal
    from fengsui.platform.imports.importer import importer_of
    from fengsui.platform.imports.kinds import KINDS
    from fengsui.platform.imports.run import run
    from fengsui.platform.imports.sheet import limits, read_sheet
    from fengsui.platform.imports.template import template
    from fengsui.platform.rules import local_day
    from fengsui.platform.who import CLOCK

    if arguments.kind in KINDS:
        return _long(KINDS[arguments.kind], arguments)
    importer, now = importer_of(arguments.kind), datetime.now(UTC)
    if arguments.template:
        arguments.template.write_bytes(template(importer, CLOCK))
        say(f"模板已写到 {arguments.template}")
        return 0
    if arguments.file is None or not arguments.file.is_file():
        raise Refusal("file-missing", file=str(arguments.file or ""))
    most = limits(local_day(now))
    if (size := arguments.file.stat().st_size) > most.size:
        raise Refusal("sheet-too-large", size=size, limit=most.size)
    sheet = read_sheet(arguments.file.read_bytes(), arguments.file.name, most)
    report = run(
        importer,
        sheet,
        CLOCK,
        now,
        dry_run=arguments.dry_run,
        all_or_nothing=arguments.all_or_nothing,
    )
    _tell(report, as_json=arguments.json)
    return 1 if report.faults else 0


def _long(kind: "TableKind", arguments: argparse.Namespace) -> int:
    """A long table, batch by batch; after a break the same command goes on where it stopped."""
    from fengsui.kernel.refusal import Refusal
    from fengsui.platform.imports.template import template
    from fengsui.platform.who import CLOCK

    if arguments.template:
        arguments.template.write_bytes(template(kind, CLOCK))
        say(f"模板已写到 {arguments.template}")
        return 0
    if arguments.file is None or not arguments.file.is_file():
        raise Refusal("file-missing", file=str(arguments.file or ""))
    mode = "try" if arguments.dry_run else "all" if arguments.all_or_nothing else ""
    with tempfile.TemporaryDirectory(prefix="fengsui-import-") as folder:
        last = _walk(kind, arguments.file, mode, Path(folder))
        return _end(last, Path(folder), as_json=arguments.json)


def _walk(kind: "TableKind", path: Path, mode: str, folder: Path) -> "Step":
    """All steps of an import, with a bar."""
    from tqdm import tqdm

    from fengsui.kernel.ids import new_id
    from fengsui.platform.actions import persist
    from fengsui.platform.imports.course import step
    from fengsui.platform.jobs.kinds import Work
    from fengsui.platform.who import CLOCK

    said = {"path": str(path), "name": path.name, "mode": mode}
    work = Work(new_id(), CLOCK, said, checkpoint={}, done=0, total=0, folder=folder)
    with tqdm(desc=kind.title, unit="行", disable=None) as bar:
        while True:
            done = step(kind, work)
            if done.effect is not None:
                persist(done.effect)
            bar.total = done.total
            bar.set_postfix_str(done.words, refresh=False)
            bar.update(done.done - bar.n)
            if not done.more:
                return done
            work = replace(work, checkpoint=done.checkpoint, done=done.done, total=done.total)


def _end(last: "Step", folder: Path, *, as_json: bool) -> int:
    from fengsui.platform.imports import parts

    head, said = parts.head(folder), last.checkpoint
    faults = list(parts.faults(folder))
    if as_json:
        counts = {name: said[name] for name in ("new", "changed", "same", "bad")}
        report = {
            "rows": head.rows,
            **counts,
            "notes": head.notes,
            "faults": list(map(asdict, faults)),
        }
        say(json.dumps(report, ensure_ascii=False))
        return 1 if faults else 0
    for note in head.notes:
        say(note)
    for fault in faults:
        say(_fault_line(fault))
    say(f"共 {head.rows} 行：{last.words}")
    return 1 if faults else 0


def _fault_line(fault: "Fault") -> str:
    shown = f"“{fault.value}”" if fault.value else "（空）"
    remedy = f"；{fault.remedy}" if fault.remedy else ""
    return f"第 {fault.row} 行 {fault.column} {shown}：{fault.reason}{remedy}"


def _regions(path: Path) -> int:
    """Divisions are data of the installation: the whole table or nothing of it."""
    from fengsui.commands.regions import load

    say(f"区划 {load(path)} 条")
    return 0


def _tell(report: "Report", *, as_json: bool) -> None:
    if as_json:
        say(json.dumps(report.as_dict(), ensure_ascii=False))
        return
    for fault in report.faults:
        say(_fault_line(fault))
    written = "" if report.written else "（没有写入）"
    say(
        f"共 {report.rows} 行：新增 {report.new}，已有 {report.unchanged}，有问题 {report.bad}{written}"
    )
