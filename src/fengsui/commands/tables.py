"""Tables in: `import KIND FILE`."""

import argparse
import json
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fengsui.commands.declare import add, say, set_up

if TYPE_CHECKING:
    from fengsui.platform.imports.importer import Importer
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
        "fengsui import premises 登记表.xlsx --dry-run",
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
    if arguments.kind == "regions":
        return _regions(arguments)
    if arguments.kind == "boundaries" and arguments.file is not None:
        return _boundaries(arguments.file)
    from fengsui.platform.imports.importer import importer_of
    from fengsui.platform.imports.kinds import KINDS
    from fengsui.platform.imports.template import template
    from fengsui.platform.who import CLOCK

    table = KINDS.get(arguments.kind) or importer_of(arguments.kind, KINDS)
    if arguments.template:
        arguments.template.write_bytes(template(table, CLOCK))
        say(f"模板已写到 {arguments.template}")
        return 0
    data = _content(arguments.file)
    if table.kind in KINDS:
        return _long(KINDS[table.kind], data, arguments)
    return _short(importer_of(arguments.kind), data, arguments)


def _content(path: Path | None) -> bytes:
    """Refuses `file-missing`, and `sheet-too-large` before anything is read."""
    from fengsui.kernel.refusal import Refusal
    from fengsui.platform.imports.sheet import limits
    from fengsui.platform.rules import local_day

    if path is None or not path.is_file():
        raise Refusal("file-missing", file=str(path or ""))
    most = limits(local_day(datetime.now(UTC)))
    if (size := path.stat().st_size) > most.size:
        raise Refusal("sheet-too-large", size=size, limit=most.size)
    return path.read_bytes()


def _short(importer: "Importer", data: bytes, arguments: argparse.Namespace) -> int:
    """A table of some dozens: each row is tried by itself."""
    from fengsui.platform.imports.run import run
    from fengsui.platform.imports.sheet import limits, read_sheet
    from fengsui.platform.rules import local_day
    from fengsui.platform.who import CLOCK

    now = datetime.now(UTC)
    report = run(
        importer,
        read_sheet(data, arguments.file.name, limits(local_day(now))),
        CLOCK,
        now,
        dry_run=arguments.dry_run,
        all_or_nothing=arguments.all_or_nothing,
    )
    _tell(report, as_json=arguments.json)
    return 1 if report.faults else 0


def _long(kind: "TableKind", data: bytes, arguments: argparse.Namespace) -> int:
    """A table of thousands, batch by batch; after a break the same command goes on where it stopped."""
    mode = "try" if arguments.dry_run else "all" if arguments.all_or_nothing else ""
    with tempfile.TemporaryDirectory(prefix="fengsui-import-") as folder:
        said = {"name": arguments.file.name, "mode": mode}
        last = _walk(kind, data, said, Path(folder))
        return _end(kind, last, Path(folder), as_json=arguments.json)


def _walk(kind: "TableKind", data: bytes, said: dict[str, str], folder: Path) -> "Step":
    """All steps of an import, with a bar."""
    from tqdm import tqdm

    from fengsui.kernel.ids import new_id
    from fengsui.platform.imports.walking import walk
    from fengsui.platform.jobs.kinds import Step, Work
    from fengsui.platform.who import CLOCK

    work, last = Work(new_id(), CLOCK, said, {}, 0, 0, folder), Step()
    with tqdm(desc=kind.title, unit="行", disable=None) as bar:
        for last in walk(kind, work, lambda: data):
            bar.total = last.total
            bar.set_postfix_str(last.words, refresh=False)
            bar.update(last.done - bar.n)
    return last


def _end(kind: "TableKind", last: "Step", folder: Path, *, as_json: bool) -> int:
    from fengsui.platform.imports import parts

    head, said = parts.head(folder), last.checkpoint
    faults = list(parts.faults(folder))
    if as_json:
        counts = {name: said[name] for name in ("new", "changed", "bad")}
        report = {
            "kind": kind.kind,
            "rows": head.rows,
            **counts,
            "unchanged": said["same"],
            "written": bool(said.get("written")),
            "notes": list(head.notes),
            "faults": list(map(asdict, faults)),
        }
        say(json.dumps(report, ensure_ascii=False))
        return 1 if faults else 0
    for note in head.notes:
        say(note)
    for fault in faults:
        say(_line(fault))
    say(f"共 {head.rows} 行：{last.words}")
    return 1 if faults else 0


def _line(fault: "Fault") -> str:
    shown = f"“{fault.value}”" if fault.value else "（空）"
    remedy = f"；{fault.remedy}" if fault.remedy else ""
    return f"第 {fault.row} 行 {fault.column} {shown}：{fault.reason}{remedy}"


def _regions(arguments: argparse.Namespace) -> int:
    """Divisions are data of the installation: the whole table or nothing of it."""
    from fengsui.commands import regions
    from fengsui.kernel.refusal import Refusal

    if arguments.template:
        arguments.template.write_text(",".join(regions.COLUMNS) + "\n", "utf-8-sig")
        say(f"模板已写到 {arguments.template}")
        return 0
    if arguments.file is None:
        raise Refusal("file-missing", file="")
    load = regions.count if arguments.dry_run else regions.load
    rows, written = load(arguments.file), not arguments.dry_run
    if arguments.json:
        say(json.dumps({"rows": rows, "written": written}))
    else:
        say(f"区划 {rows} 条" + ("" if written else "（没有写入）"))
    return 0


def _boundaries(path: Path) -> int:
    """Outlines to draw, likewise: the whole file or nothing of it."""
    from fengsui.commands.boundaries import load

    say(f"边界 {load(path, path.name)} 个")
    return 0


def _tell(report: "Report", *, as_json: bool) -> None:
    if as_json:
        say(json.dumps(report.as_dict(), ensure_ascii=False))
        return
    for note in report.notes:
        say(note)
    for fault in report.faults:
        say(_line(fault))
    written = "" if report.written else "（没有写入）"
    say(
        f"共 {report.rows} 行：新增 {report.new}，已有 {report.unchanged}，有问题 {report.bad}{written}"
    )
