"""The working calendar: `calendar list`, `calendar load`."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from fengsui.commands.declare import add, group, say, set_up


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    calendar = group(commands, "calendar", "工作日历", "fengsui calendar list")
    add(calendar, "list", calendar_list, "已载入的年度", "fengsui calendar list", json=True)
    loading = add(
        calendar,
        "load",
        calendar_load,
        "载入一个年度的放假通知，未办结的期限随后自动重新计算",
        "fengsui calendar load 2027.yaml --as system",
        json=True,
    )
    loading.add_argument("file", type=Path)
    loading.add_argument("--as", dest="user", default="system", help="系统管理员的登录名")
    loading.add_argument("--dry-run", action="store_true", help="只说明会变动多少个期限")


def calendar_list(arguments: argparse.Namespace) -> int:
    set_up()
    from fengsui.platform.calendar.queries import current_calendar

    years = current_calendar().years
    if arguments.json:
        known = [{"year": year, "source": years[year].source} for year in sorted(years)]
        say(json.dumps(known, ensure_ascii=False))
    else:
        for year in sorted(years):
            say(f"{year}  {years[year].source}")
    return 0


def calendar_load(arguments: argparse.Namespace) -> int:
    set_up()
    from fengsui.kernel.ids import new_id
    from fengsui.kernel.workdays import read_notice, shipped_calendar
    from fengsui.platform.accounts.queries import actor_named
    from fengsui.platform.actions import perform
    from fengsui.platform.calendar.actions import Notice, load_year
    from fengsui.platform.calendar.queries import current_calendar
    from fengsui.platform.calls import Call, Way
    from fengsui.platform.who import PostKind
    from fengsui.platform.worklist.sweep import would_move

    year = read_notice(arguments.file, shipped_calendar().statutory)
    moved = would_move(current_calendar().replace(year))
    if arguments.dry_run:
        _tell(arguments, year.year, moved, f"{year.year} 年：会有 {moved} 个未办结的期限变动")
        return 0
    now = datetime.now(UTC)
    who = actor_named(arguments.user, PostKind.SYSTEM_ADMIN)
    call = Call(who=who, way=Way.COMMAND, key=str(new_id()), at=now, received_at=now)
    form = Notice(
        year=year.year,
        holidays=dict(year.names),
        workdays=tuple(sorted(year.makeup)),
        source=year.source,
    )
    perform(load_year, None, call, form)
    words = f"已载入 {year.year} 年工作日历；{moved} 个未办结的期限将重新计算"
    _tell(arguments, year.year, moved, words)
    return 0


def _tell(arguments: argparse.Namespace, year: int, moved: int, words: str) -> None:
    if arguments.json:
        said = {"year": year, "deadlines_moved": moved, "loaded": not arguments.dry_run}
        say(json.dumps(said, ensure_ascii=False))
    else:
        say(words)
