"""The command `fengsui`. Exit 0 done, 1 refused or failed, 2 wrong usage."""

import argparse
import dataclasses
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import django

from fengsui.kernel.deadline import CHINA, compute
from fengsui.kernel.refusal import Refusal
from fengsui.kernel.rulebook import Rulebook, shipped_paths
from fengsui.kernel.workdays import shipped_calendar

Run = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; what it says no to goes to standard error in one line."""
    arguments = _parser().parse_args(argv)
    run: Run = arguments.run
    try:
        return run(arguments)
    except Refusal as no:
        print(_words(no), file=sys.stderr)  # noqa: T201
        return 1


def _words(no: Refusal) -> str:
    _django()
    from fengsui.platform.words import answer  # noqa: PLC0415  Django is set up just now

    return answer(no).text


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fengsui.settings")
    django.setup(set_prefix=False)


def _say(text: str) -> None:
    print(text)  # noqa: T201


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="fengsui", description="烽燧：消防救援支队工作系统")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _rule_commands(commands)
    _running_commands(commands)
    _ledger_commands(commands)
    return parser


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Run,
    what: str,
    example: str,
) -> argparse.ArgumentParser:
    made = commands.add_parser(name, help=what, description=what, epilog=f"例：{example}")
    made.set_defaults(run=run)
    return made


def _rule_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    rule = commands.add_parser("rule", help="查规则").add_subparsers(required=True)
    listing = _add(rule, "list", rule_list, "列出规则", "fengsui rule list")
    showing = _add(
        rule, "show", rule_show, "显示一条规则", "fengsui rule show T-20b --on 2026-03-02"
    )
    showing.add_argument("id")
    for made in (listing, showing):
        made.add_argument("--on", type=date.fromisoformat, default=date.today())  # noqa: DTZ011  a person's own day
        made.add_argument("--json", action="store_true")
    asked = _add(
        commands,
        "deadline",
        deadline,
        "计算期限并逐日说明",
        "fengsui deadline T-18b --from 2026-09-30T10:00",
    )
    asked.add_argument("rule")
    asked.add_argument("--from", dest="start", required=True, type=_moment)
    asked.add_argument("--extension", action="append", default=[])
    asked.add_argument("--days", type=int, help="由承办人确定的期限")
    asked.add_argument("--provisional", action="store_true")
    asked.add_argument("--json", action="store_true")


def _running_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    made = _add(commands, "init", init, "建立空的系统", "fengsui init --regions 区划.csv")
    made.add_argument("--regions", type=Path)
    for name, run, what in (
        ("serve", serve, "网页服务"),
        ("up", up, "网页服务和后台一起"),
        ("worker", worker, "后台"),
    ):
        command = _add(commands, name, run, what, f"fengsui {name}")
        command.add_argument("--port", type=int, default=8000)
        command.add_argument("--host", default="127.0.0.1")
    played = _add(commands, "demo", demo, "演示一个季度的检查", "fengsui demo --no-serve")
    played.add_argument("--until", default="today")
    played.add_argument("--scale", choices=("small", "full"), default="full")
    played.add_argument("--seed", type=int, default=1)
    played.add_argument("--port", type=int, default=8000)
    played.add_argument("--host", default="127.0.0.1")
    played.add_argument("--no-serve", action="store_true")


def _ledger_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    ledger = commands.add_parser("ledger", help="台账").add_subparsers(required=True)
    checking = _add(
        ledger,
        "verify",
        ledger_verify,
        "重新计算并核对全部台账",
        "fengsui ledger verify --head 树头.json",
    )
    checking.add_argument("--head", type=Path)
    checking.add_argument("--json", action="store_true")
    proving = _add(
        ledger, "proof", ledger_proof, "一条记录的包含证明", "fengsui ledger proof 0199…"
    )
    proving.add_argument("entry", type=UUID)


def ledger_verify(arguments: argparse.Namespace) -> int:
    _django()
    from fengsui.platform.ledger.verify import verify  # noqa: PLC0415  needs Django

    earlier = json.loads(arguments.head.read_text("utf-8")) if arguments.head else None
    report = verify(earlier)
    if arguments.json:
        _say(json.dumps(dataclasses.asdict(report), ensure_ascii=False))
    else:
        _say(f"记录 {report.entries}，数据 {report.records} 行，树头 {report.heads}")
        for sentence in report.wrong or ["全部相符"]:
            _say(sentence)
    return 0 if report.sound else 1


def ledger_proof(arguments: argparse.Namespace) -> int:
    _django()
    from fengsui.platform.ledger.queries import proof  # noqa: PLC0415  needs Django

    _say(json.dumps(proof(arguments.entry), ensure_ascii=False))
    return 0


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


def _rulebook() -> Rulebook:
    home = Path(os.environ.get("FENGSUI_HOME", ".fengsui"))
    return Rulebook.load(shipped_paths(), sorted((home / "rules").glob("*.yaml")))


def rule_list(arguments: argparse.Namespace) -> int:
    found = _rulebook().rules(arguments.on)
    if arguments.json:
        _say(json.dumps([rule.model_dump(mode="json") for rule in found], ensure_ascii=False))
    else:
        for rule in found:
            _say(f"{rule.id:12} [{rule.tag}] {rule.title}（{rule.source}）")
    return 0


def rule_show(arguments: argparse.Namespace) -> int:
    rule = _rulebook().rule(arguments.id, arguments.on)
    shown = rule.model_dump(mode="json")
    if arguments.json:
        _say(json.dumps(shown, ensure_ascii=False))
    else:
        for name, value in shown.items():
            if value not in (None, "", [], {}):
                _say(f"{name}: {value}")
    return 0


def deadline(arguments: argparse.Namespace) -> int:
    start = arguments.start
    rule = _rulebook().deadline_rule(arguments.rule, start.astimezone(CHINA).date())
    counted = compute(
        rule,
        start,
        shipped_calendar(),
        n=arguments.days,
        extensions=arguments.extension,
        provisional=arguments.provisional,
    )
    if arguments.json:
        said = {
            "rule": counted.rule,
            "start": counted.start.isoformat(),
            "unit": counted.unit,
            "n": counted.n,
            "deadline": counted.due.isoformat(),
            "calendar": counted.calendar,
            "provisional": counted.provisional,
            "source": counted.source,
        }
        _say(json.dumps(said, ensure_ascii=False))
        return 0
    _say(counted.due.isoformat() + ("（暂定）" if counted.provisional else ""))
    for day in counted.days:
        _say(f"{day.on.isoformat()}  {day.why}")
    return 0


def init(arguments: argparse.Namespace) -> int:
    _django()
    from fengsui.commands import install  # noqa: PLC0415  needs Django

    for line in install.initialise(arguments.regions):
        _say(line)
    return 0


def serve(arguments: argparse.Namespace) -> int:
    from fengsui.commands import processes  # noqa: PLC0415

    return processes.serve(arguments.host, arguments.port)


def worker(arguments: argparse.Namespace) -> int:
    _django()
    from fengsui.commands import processes  # noqa: PLC0415

    return processes.work()


def up(arguments: argparse.Namespace) -> int:
    from fengsui.commands import processes  # noqa: PLC0415

    return processes.up(arguments.host, arguments.port)


def demo(arguments: argparse.Namespace) -> int:
    _django()
    from fengsui.commands import demonstration, processes  # noqa: PLC0415

    for line in demonstration.play(
        arguments.until, arguments.scale, arguments.seed, arguments.port
    ):
        _say(line)
    return 0 if arguments.no_serve else processes.up(arguments.host, arguments.port)


if __name__ == "__main__":
    raise SystemExit(main())
