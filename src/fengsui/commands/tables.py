"""Tables in: `import KIND FILE`."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fengsui.commands.declare import add, say, set_up

if TYPE_CHECKING:
    from fengsui.platform.imports.run import Report


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    made = add(
        commands,
        "import",
        import_table,
        "从表格导入（人员等）",
        "fengsui import people 人员.xlsx --dry-run",
        json=True,
    )
    made.add_argument("kind", metavar="KIND", help="导入什么：regions、boundaries、people …")
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
    from fengsui.kernel.refusal import Refusal
    from fengsui.platform.imports.importer import importer_of
    from fengsui.platform.imports.run import run
    from fengsui.platform.imports.sheet import limits, read_sheet
    from fengsui.platform.imports.template import template
    from fengsui.platform.rules import local_day
    from fengsui.platform.who import CLOCK

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
    for fault in report.faults:
        shown = f"“{fault.value}”" if fault.value else "（空）"
        remedy = f"；{fault.remedy}" if fault.remedy else ""
        say(f"第 {fault.row} 行 {fault.column} {shown}：{fault.reason}{remedy}")
    written = "" if report.written else "（没有写入）"
    say(
        f"共 {report.rows} 行：新增 {report.new}，已有 {report.unchanged}，有问题 {report.bad}{written}"
    )
