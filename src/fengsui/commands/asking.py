"""Questions to the rulebook: `rule list`, `rule show`, `deadline`."""

import argparse
import json
import os
from datetime import date, datetime
from pathlib import Path

from fengsui.commands.declare import add, say
from fengsui.kernel.deadline import CHINA, Deadline, compute
from fengsui.kernel.rulebook import Rulebook, shipped_paths
from fengsui.kernel.workdays import shipped_calendar


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    rule = commands.add_parser("rule", help="查规则").add_subparsers(required=True)
    listing = add(rule, "list", rule_list, "列出规则", "fengsui rule list", json=True)
    showing = add(
        rule,
        "show",
        rule_show,
        "显示一条规则",
        "fengsui rule show T-20b --on 2026-03-02",
        json=True,
    )
    showing.add_argument("id")
    for made in (listing, showing):
        made.add_argument("--on", type=date.fromisoformat, default=date.today())  # noqa: DTZ011  a person's own day
    asked = add(
        commands,
        "deadline",
        deadline,
        "计算期限并逐日说明",
        "fengsui deadline T-18b --from 2026-09-30T10:00",
        json=True,
    )
    asked.add_argument("rule")
    asked.add_argument("--from", dest="start", required=True, type=_moment)
    asked.add_argument("--extension", action="append", default=[])
    asked.add_argument("--days", type=int, help="由承办人确定的期限")
    asked.add_argument("--provisional", action="store_true")


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


def local_rulebook() -> Rulebook:
    home = Path(os.environ.get("FENGSUI_HOME", ".fengsui"))
    return Rulebook.load(shipped_paths(), sorted((home / "rules").glob("*.yaml")))


def rule_list(arguments: argparse.Namespace) -> int:
    found = local_rulebook().rules(arguments.on)
    if arguments.json:
        say(json.dumps([rule.model_dump(mode="json") for rule in found], ensure_ascii=False))
    else:
        for rule in found:
            say(f"{rule.id:12} [{rule.tag}] {rule.title}（{rule.source}）")
    return 0


def rule_show(arguments: argparse.Namespace) -> int:
    rule = local_rulebook().rule(arguments.id, arguments.on)
    shown = rule.model_dump(mode="json")
    if arguments.json:
        say(json.dumps(shown, ensure_ascii=False))
    else:
        for name, value in shown.items():
            if value not in (None, "", [], {}):
                say(f"{name}: {value}")
    return 0


def deadline(arguments: argparse.Namespace) -> int:
    start = arguments.start
    rule = local_rulebook().deadline_rule(arguments.rule, start.astimezone(CHINA).date())
    counted = compute(
        rule,
        start,
        shipped_calendar(),
        n=arguments.days,
        extensions=arguments.extension,
        provisional=arguments.provisional,
    )
    _say_deadline(counted, arguments.json)
    return 0


def _say_deadline(counted: Deadline, as_json: bool) -> None:
    if as_json:
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
        say(json.dumps(said, ensure_ascii=False))
        return
    say(counted.due.isoformat() + ("（暂定）" if counted.provisional else ""))
    for day in counted.days:
        say(f"{day.on.isoformat()}  {day.why}")
