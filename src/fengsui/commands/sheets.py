"""Tables out: `export KIND OUT`."""

import argparse
import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fengsui.commands.access import post_named
from fengsui.commands.declare import add, say, set_up

if TYPE_CHECKING:
    from fengsui.platform.exports.kinds import ExportKind
    from fengsui.platform.jobs.kinds import Step
    from fengsui.platform.who import Who


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    made = add(
        commands,
        "export",
        export_table,
        "导出为表格，改后可以再导入；个人信息为掩码",
        "fengsui export premises 登记表.xlsx",
        json=True,
    )
    made.add_argument("kind", metavar="KIND", help="导出什么：premises、grids、people、hazards …")
    made.add_argument("file", metavar="OUT", type=Path, help="新文件，以 .xlsx 或 .csv 结尾")
    made.add_argument("--post", help="按哪个岗位的列表导出：登录名，或者岗位编号")


def export_table(arguments: argparse.Namespace) -> int:
    """The whole list as the machine, or as `--post`, sees it; nothing is there where it is refused.

    Refuses `unknown-export`, `export-type`, `export-exists`, `export-needs-post`, `forbidden`.
    """
    set_up()
    from fengsui.kernel.refusal import Refusal
    from fengsui.platform.exports.files import MEDIA
    from fengsui.platform.exports.kinds import export_of

    kind, target = export_of(arguments.kind), arguments.file
    form = target.suffix.lower().removeprefix(".")
    if form not in MEDIA:
        raise Refusal("export-type", name=target.name)
    if target.exists():
        raise Refusal("export-exists", file=str(target))
    who = _who(kind, arguments.post)
    with tempfile.TemporaryDirectory(prefix=".fengsui-export-", dir=target.parent) as folder:
        last = _walk(kind, who, form, Path(folder))
        Path(folder, last.result).rename(target)
    titles = [column.title for column in kind.columns]
    report = {
        "kind": kind.kind,
        "file": str(target.resolve()),
        "rows": last.done,
        "columns": titles,
    }
    said = f"已导出{kind.title} {last.done} 行到 {target}"
    say(json.dumps(report, ensure_ascii=False) if arguments.json else said)
    return 0


def _who(kind: "ExportKind", named: str | None) -> "Who":
    """Nobody exports what his list does not show; what the machine itself does not see needs a post."""
    from fengsui.kernel.refusal import Refusal
    from fengsui.platform.accounts.queries import who_of
    from fengsui.platform.who import CLOCK

    who = who_of(post_named(named)) if named else CLOCK
    if who.kind in kind.posts:
        return who
    if not named:
        raise Refusal("export-needs-post", title=kind.title)
    source = "本系统默认"
    raise Refusal("forbidden", action=f"导出{kind.title}", post=who.title, source=source)


def _walk(kind: "ExportKind", who: "Who", form: str, folder: Path) -> "Step":
    """All steps of an export, with a bar."""
    from tqdm import tqdm

    from fengsui.kernel.ids import new_id
    from fengsui.platform.exports.course import step
    from fengsui.platform.jobs.kinds import Work

    said = {"_format": form}
    work = Work(new_id(), who, said, checkpoint={}, done=0, total=0, folder=folder)
    with tqdm(desc=kind.title, unit="行", disable=None) as bar:
        while True:
            done = step(kind, work)
            bar.total = done.total
            bar.update(done.done - bar.n)
            if not done.more:
                return done
            work = replace(work, checkpoint=done.checkpoint, done=done.done, total=done.total)
