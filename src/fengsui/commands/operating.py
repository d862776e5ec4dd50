"""What an administrator does beside running it: `check`, `backup`, `restore`, `upgrade`."""

import argparse
import dataclasses
import json
from datetime import UTC, datetime
from pathlib import Path

from fengsui.commands.declare import add, say, set_up, tell
from fengsui.kernel.refusal import Refusal

_MARKS = {"ok": "正常", "warn": "注意", "bad": "不合格"}


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    add(commands, "check", check, "检查是否适合正式运行", "fengsui check --json", json=True)
    kept = add(
        commands,
        "backup",
        backup,
        "在运行中备份到一个文件",
        "fengsui backup /mnt/usb/x.fengsui",
        json=True,
    )
    kept.add_argument("file", type=Path)
    back = add(
        commands, "restore", restore, "在空目录中恢复备份", "fengsui restore x.fengsui", json=True
    )
    back.add_argument("file", type=Path)
    back.add_argument("--keys", type=Path, help="另行保存的 keys 目录")
    back.add_argument("--reason", default="从备份恢复", help="写入新日志首条的理由")
    for command in (kept, back):
        command.add_argument("--passphrase-file", type=Path, help="密钥的口令所在文件")
    higher = add(
        commands, "upgrade", upgrade, "备份、升级数据库结构、核对", "fengsui upgrade", json=True
    )
    higher.add_argument("--no-backup", action="store_true", help="不先备份")
    higher.add_argument("--confirmed", action="store_true", help="确认不备份")
    higher.add_argument("--passphrase-file", type=Path, help="密钥的口令所在文件")


def check(arguments: argparse.Namespace) -> int:
    set_up()
    from fengsui.platform.health import checks, configured

    found = checks.run(configured.ALL, datetime.now(UTC))
    if arguments.json:
        say(json.dumps([dataclasses.asdict(finding) for finding in found], ensure_ascii=False))
    else:
        for finding in found:
            remedy = f"  → {finding.remedy}" if finding.remedy else ""
            say(f"{_MARKS[finding.state]}  {finding.name:14} {finding.text}{remedy}")
    return 1 if any(finding.state == checks.State.BAD for finding in found) else 0


def backup(arguments: argparse.Namespace) -> int:
    set_up()
    from fengsui.commands.backup import back_up, passphrase_from

    made = back_up(arguments.file, passphrase_from(arguments.passphrase_file))
    if arguments.json:
        say(json.dumps({**made, "file": str(arguments.file.resolve())}, ensure_ascii=False))
        return 0
    rows = sum(table["rows"] for table in made["tables"].values())
    files = sum(name.startswith("files/") for name in made["members"])
    say(f"已备份到 {arguments.file}：{rows} 行，{files} 个文件，截至 {made['at']}")
    if made["secrets"]:
        say("密钥、证书和设置在口令之下，一并在内。口令请与备份分开保存。")
    else:
        say("没有给出口令：密钥、证书和设置不在备份内。")
        say(
            "请把 keys 目录另存到别处并上锁；恢复时用 --keys 指出。没有它，个人信息打不开，台账也无法核对。"
        )
    return 0


def restore(arguments: argparse.Namespace) -> int:
    set_up()
    from fengsui.commands.backup import passphrase_from
    from fengsui.commands.backup import restore as build

    made = build(
        arguments.file, passphrase_from(arguments.passphrase_file), arguments.keys, arguments.reason
    )
    if arguments.json:
        say(json.dumps(made, ensure_ascii=False))
        return 0
    say(f"已恢复到 {made['from']}：{made['rows']} 行，{made['files']} 个文件")
    say(
        f"台账 {made['entries']} 条、数据 {made['records']} 行全部相符；日志 {made['log']} 自日志 {made['after_log']} 的树头之后重新开始"
    )
    return 0


def upgrade(arguments: argparse.Namespace) -> int:
    if arguments.no_backup and not arguments.confirmed:
        raise Refusal("no-backup-unconfirmed")
    set_up()
    from fengsui.commands.backup import passphrase_from
    from fengsui.commands.upgrade import run

    done = run(passphrase_from(arguments.passphrase_file), backed_up=not arguments.no_backup)
    tell(done, as_json=arguments.json)
    return 0
