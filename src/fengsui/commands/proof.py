"""Proof: `ledger verify`, `ledger proof`, `ledger consistency`."""

import argparse
import dataclasses
import json
from pathlib import Path
from uuid import UUID

from fengsui.commands.declare import add, group, say, set_up


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    ledger = group(commands, "ledger", "台账", "fengsui ledger verify")
    checking = add(
        ledger,
        "verify",
        ledger_verify,
        "重新计算并核对全部台账",
        "fengsui ledger verify --head 树头.json",
        json=True,
    )
    checking.add_argument("--head", type=Path)
    proving = add(
        ledger,
        "proof",
        ledger_proof,
        "一条记录的包含证明",
        "fengsui ledger proof 0199…",
        json=True,
    )
    proving.add_argument("entry", type=UUID)
    growing = add(
        ledger,
        "consistency",
        ledger_consistency,
        "两个树头之间只增未改的证明",
        "fengsui ledger consistency --from 120 --to 4800",
        json=True,
    )
    growing.add_argument("--from", dest="old", type=int, required=True)
    growing.add_argument("--to", dest="new", type=int, required=True)
    growing.add_argument("--log", type=int, help="日志编号，缺省为最新")


def ledger_verify(arguments: argparse.Namespace) -> int:
    set_up()
    from fengsui.platform.ledger import heads
    from fengsui.platform.ledger.verify import verify

    earlier = heads.read(arguments.head) if arguments.head else None
    report = verify(earlier, heads.kept())
    if arguments.json:
        say(json.dumps(dataclasses.asdict(report), ensure_ascii=False))
    else:
        say(f"记录 {report.entries}，数据 {report.records} 行，树头 {report.heads}")
        for sentence in report.wrong or ["全部相符"]:
            say(sentence)
    return 0 if report.sound else 1


def ledger_proof(arguments: argparse.Namespace) -> int:
    set_up()
    from fengsui.platform.ledger.queries import proof

    say(json.dumps(proof(arguments.entry), ensure_ascii=False))
    return 0


def ledger_consistency(arguments: argparse.Namespace) -> int:
    set_up()
    from fengsui.platform.ledger import queries

    log = arguments.log or queries.latest_log()
    say(json.dumps(queries.consistency(log, arguments.old, arguments.new), ensure_ascii=False))
    return 0
