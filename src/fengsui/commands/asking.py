"""Questions to the rulebook: `rule list`, `rule show`, `deadline`."""

import argparse
import json
import os
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from fengsui.commands.declare import add, day, group, say, set_up
from fengsui.kernel.deadline import CHINA, Deadline, compute
from fengsui.kernel.rulebook import Rulebook, shipped_paths, validity
from fengsui.kernel.ruletypes import AnyRule, ConstraintRule, DeadlineRule, FrequencyRule
from fengsui.kernel.workdays import Calendar, shipped_calendar


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    rule = group(commands, "rule", "查规则", "fengsui rule show T-20b")
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
        made.add_argument("--on", type=day, default=date.today())  # noqa: DTZ011  a person's own day
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


def _moment(text: str) -> datetime | date:
    """A day, or a moment in China's time where no offset is written."""
    with suppress(ValueError):
        return date.fromisoformat(text)
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(CHINA) if moment.tzinfo else moment.replace(tzinfo=CHINA)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(
            f"“{text}”不是时刻，应写成 2026-09-30T10:00 或者 2026-09-30"
        ) from None


def _home() -> Path:
    return Path(os.environ.get("FENGSUI_HOME", ".fengsui"))


def local_rulebook() -> Rulebook:
    return Rulebook.load(shipped_paths(), sorted((_home() / "rules").glob("*.yaml")))


def local_calendar() -> Calendar:
    """With the years that were loaded into this installation, where there is one."""
    installed = any((_home() / name).exists() for name in ("fengsui.sqlite3", "fengsui.toml"))
    if not installed and "FENGSUI_DATABASE_URL" not in os.environ:
        return shipped_calendar()
    set_up()
    from fengsui.platform.calendar.queries import current_calendar

    return current_calendar()


_UNITS = {"wd": "个工作日", "cd": "日", "h": "小时", "mo": "个月", "y": "年"}
_EVERY = {"h": "小时", "d": "日", "hmo": "半月", "mo": "个月", "y": "年"}


def measured(rule: AnyRule) -> str:
    """The numbers of a rule with their unit; nothing for lists and tables of words."""
    if isinstance(rule, DeadlineRule):
        number = rule.n if rule.n is not None else "由承办人确定的"
        return f"{number} {_UNITS[rule.unit]}"
    if isinstance(rule, FrequencyRule):
        return f"每 {rule.n} {_EVERY[rule.every]}至少一次"
    values = getattr(rule, "values" if isinstance(rule, ConstraintRule) else "value", "")
    if isinstance(values, dict):
        values = "、".join(f"{name} {number}" for name, number in values.items())
    elif isinstance(values, tuple):
        values = "、".join(map(str, values))
    return f"{values} {getattr(rule, 'unit', '')}".strip()


def rule_list(arguments: argparse.Namespace) -> int:
    found = local_rulebook().everywhere(arguments.on)
    if arguments.json:
        say(json.dumps([rule.model_dump(mode="json") for rule in found], ensure_ascii=False))
    else:
        for rule in found:
            measure = f" {said}" if (said := measured(rule)) else ""
            say(
                f"{rule.id:12} [{rule.tag}] {rule.title}{measure}（{rule.source}；{validity(rule)}）"
            )
    return 0


def rule_show(arguments: argparse.Namespace) -> int:
    rule = local_rulebook().anywhere(arguments.id, arguments.on)
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
    on = start.date() if isinstance(start, datetime) else start
    rule = local_rulebook().deadline_rule(arguments.rule, on)
    counted = compute(
        rule,
        start,
        local_calendar(),
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
    for one in counted.days:
        say(f"{one.on.isoformat()}  {one.why}")
