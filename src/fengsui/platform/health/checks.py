"""Is this installation fit for production? One finding a line, each with what puts it right.

Reads, never repairs. What a finding says about a limit comes from the rule `OPS-LIMITS`.
"""

import json
import shutil
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from fengsui.kernel.refusal import Refusal
from fengsui.platform import keys, rules, tls
from fengsui.platform.calendar.queries import current_calendar
from fengsui.platform.health import queries as life
from fengsui.platform.ledger import queries as ledger


class State(StrEnum):
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do about it (nothing when it is well)."""

    name: str
    state: State
    text: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """When, and by which limits."""

    now: datetime
    limits: Mapping[str, object]

    def limit(self, name: str) -> int:
        return int(str(self.limits[name]))


Check = Callable[[Look], Iterator[Finding]]
LAST_BACKUP = "last-backup.json"


def ok(name: str, text: str) -> Finding:
    return Finding(name, State.OK, text)


def warn(name: str, text: str, remedy: str) -> Finding:
    return Finding(name, State.WARN, text, remedy)


def bad(name: str, text: str, remedy: str) -> Finding:
    return Finding(name, State.BAD, text, remedy)


def look(now: datetime) -> Look:
    return Look(now, rules.table("OPS-LIMITS", rules.local_day(now)))


def run(checks: tuple[Check, ...], now: datetime) -> list[Finding]:
    """All findings; a check that cannot be made because the database is away says so itself."""
    at, found = look(now), []
    for check in checks:
        try:
            found += list(check(at))
        except Error as error:
            name = _NAMES.get(check, check.__name__)
            found.append(bad(name, f"数据库不答（{type(error).__name__}）", "先恢复数据库"))
    return found


def answering(at: Look) -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    yield ok("database", "数据库应答")


def database(at: Look) -> Iterator[Finding]:
    yield from _postgresql() if connection.vendor == "postgresql" else _sqlite()


def _asked(text: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(text)
        return str(cursor.fetchone()[0])


def _sqlite() -> Iterator[Finding]:
    mode, sync = _asked("PRAGMA journal_mode"), _asked("PRAGMA synchronous")
    if (mode, sync) == ("wal", "2"):
        yield ok("database", "SQLite，WAL，synchronous=FULL")
    else:
        said = f"SQLite journal_mode={mode} synchronous={sync}，断电可能丢失已确认的办理"
        yield bad("database", said, "不要改动 settings.py 中的 PRAGMA；数据目录须在本机磁盘上")


def _postgresql() -> Iterator[Finding]:
    version, locale = (
        int(_asked("SHOW server_version_num")),
        _asked("SELECT datcollate FROM pg_database WHERE datname = current_database()"),
    )
    shown = f"PostgreSQL {version // 10_000}，locale {locale}"
    if version < 150_000:
        yield bad("database", shown, "升级到 PostgreSQL 15 或更高")
    elif locale not in {"C.UTF-8", "C.utf8"}:
        yield bad("database", shown, "按 docs/operations.md 以 C.UTF-8 重建数据库后恢复备份")
    elif _asked("SHOW synchronous_commit") == "off" or _asked("SHOW fsync") == "off":
        yield bad(
            "database", f"{shown}，fsync 或 synchronous_commit 关闭", "在 postgresql.conf 中打开"
        )
    else:
        yield ok("database", shown)


def migrations(at: Look) -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        yield bad("migrations", f"还有 {len(missing)} 步结构升级未执行", "运行 fengsui upgrade")
    else:
        yield ok("migrations", "数据库结构是本版本的")


def key_files(at: Look) -> Iterator[Finding]:
    missing = [name for name in keys.names() if not (keys.folder() / name).exists()]
    if missing:
        yield bad("keys", f"缺少密钥 {'、'.join(missing)}", "从备份恢复 keys 目录；不要重新生成")
        return
    open_ones = [path.name for path in sorted(keys.folder().iterdir()) if _is_open(path)]
    if open_ones:
        yield bad("keys", f"他人可读：{'、'.join(open_ones)}", f"chmod 600 {keys.folder()}/*")
    else:
        yield ok("keys", "齐全，仅属主可读")


def _is_open(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def disk(at: Look) -> Iterator[Finding]:
    if not settings.HOME.is_dir():
        yield bad("disk", f"没有目录 {settings.HOME}", "核对 FENGSUI_HOME，或运行 fengsui init")
        return
    free = shutil.disk_usage(settings.HOME).free // 1_000_000
    remedy = f"清理或扩大 {settings.HOME} 所在磁盘"
    if free < at.limit("disk_free_mb"):
        yield bad("disk", f"剩余 {free} MB", remedy)
    elif free < at.limit("disk_free_warn_mb"):
        yield warn("disk", f"剩余 {free} MB", remedy)
    else:
        yield ok("disk", f"剩余 {free} MB")


def calendar(at: Look) -> Iterator[Finding]:
    today = rules.local_day(at.now)
    known = current_calendar().years
    wanted = [today.year, *([today.year + 1] if today.month >= at.limit("calendar_month") else [])]
    for year in wanted:
        if year in known:
            yield ok("calendar", f"{year} 年放假安排已载入")
            continue
        text, remedy = f"没有 {year} 年放假安排，期限均为暂定", "由系统管理员载入国务院办公厅通知"
        yield (bad if year == today.year else warn)("calendar", text, remedy)


def worker(at: Look) -> Iterator[Finding]:
    newest = life.newest_beat()
    if newest is None:
        yield bad("worker", "后台没有运行", "运行 fengsui up 或 fengsui worker")
    elif not life.alive(at.now, at.limit("worker_seconds")):
        yield bad(
            "worker", f"后台自 {_shown(newest)} 起没有心跳", "查看 logs/worker.jsonl 并重启后台"
        )
    else:
        yield ok("worker", f"后台在 {_shown(newest)} 有心跳")


def sealing(at: Look) -> Iterator[Finding]:
    since = ledger.waiting_since()
    lag = int((at.now - since).total_seconds()) if since else 0
    if lag > at.limit("sealing_seconds"):
        yield warn(
            "sealing", f"最早的记录已等待封存 {lag} 秒", "确认后台在运行；查看 logs/worker.jsonl"
        )
    else:
        yield ok("sealing", f"待封存 {lag} 秒")


def deliveries(at: Look) -> Iterator[Finding]:
    waiting, stuck = ledger.deliveries(at.limit("delivery_attempts"))
    if stuck:
        yield warn(
            "deliveries", f"{stuck} 条消息多次失败", "查看 logs/worker.jsonl 中的 handler 错误"
        )
    else:
        yield ok("deliveries", f"待递送 {waiting} 条")


def clock(at: Look) -> Iterator[Finding]:
    newest, jump = ledger.newest_entry_at(), life.last_jump()
    if newest is not None and newest > at.now + timedelta(seconds=at.limit("clock_seconds")):
        yield bad("clock", f"系统时间早于最后一条记录 {_shown(newest)}", "校准系统时间后再办理")
    elif jump is not None:
        yield warn("clock", f"{_shown(jump[0])} 时钟跳动 {jump[1]:+.0f} 秒", "检查对时服务")
    else:
        yield ok("clock", f"{_shown(at.now)}，未见倒退")


def backup(at: Look) -> Iterator[Finding]:
    remedy = "运行 fengsui backup，并启用 deploy/fengsui-backup.timer"
    path = Path(settings.HOME) / LAST_BACKUP
    if not path.exists():
        yield bad("backup", "从未备份", remedy)
        return
    said = json.loads(path.read_text("utf-8"))
    hours = int((at.now - datetime.fromisoformat(said["at"])).total_seconds() // 3600)
    text = f"最近一次在 {hours} 小时前：{said['file']}"
    if hours > at.limit("backup_hours_bad"):
        yield bad("backup", text, remedy)
    elif hours > at.limit("backup_hours"):
        yield warn("backup", text, remedy)
    else:
        yield ok("backup", text)


def certificate(at: Look) -> Iterator[Finding]:
    try:
        found = tls.standing()
    except Refusal as broken:
        yield bad(
            "certificate",
            f"{broken.facts['file']} {broken.facts['problem']}",
            "重新运行 fengsui up 或换用有效证书",
        )
        return
    if found is None:
        yield warn(
            "certificate", "没有证书，只能在本机或代理之后使用", "运行 fengsui up --host 0.0.0.0"
        )
        return
    left, whose = found.days_left(at.now), "自签" if found.own else "外来"
    text = f"{whose}证书还有 {left} 天，名称 {'、'.join(found.names)}"
    if left < 0:
        yield bad("certificate", text, "重新运行 fengsui up（自签）或换用新证书")
    elif left < at.limit("certificate_days"):
        yield warn("certificate", text, "重新运行 fengsui up（自签）或换用新证书")
    else:
        yield ok("certificate", text)


def _shown(moment: datetime) -> str:
    return moment.astimezone(rules.CHINA).strftime("%Y-%m-%d %H:%M:%S")


_NAMES: Mapping[Check, str] = {answering: "database", key_files: "keys"}
# Without these nobody is served; a missing year stops no work, so it is only told.
READY: tuple[Check, ...] = (answering, disk, worker)
TOLD: tuple[Check, ...] = (calendar,)
