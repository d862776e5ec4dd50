"""`upgrade`: a backup, the migrations, a look whether all is well, and the way back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import Error

from fengsui.commands import derived
from fengsui.commands.backup import back_up
from fengsui.commands.declare import Said
from fengsui.kernel.refusal import Refusal
from fengsui.platform import keys
from fengsui.platform.health import checks
from fengsui.platform.health.queries import newest_beat
from fengsui.platform.ledger.verify import verify


def run(passphrase: str, *, backed_up: bool) -> Iterator[Said]:
    """Lines that say what was done. Refuses `still-running`, `upgrade-failed` with the way back."""
    now = datetime.now(UTC)
    _check_stopped(now)
    way_back = ""
    if backed_up:
        name = f"before-{metadata.version('fengsui')}-{now:%Y%m%dT%H%M%SZ}.fengsui"
        target = Path(settings.HOME) / "backups" / name
        back_up(target, passphrase)
        way_back = rollback(target)
        yield Said(f"已备份到 {target}", {"backup": str(target)})
    missing = [finding.text for finding in checks.migrations(checks.look(now)) if finding.remedy]
    nothing = "数据库结构已是本版本的，没有要做的"
    yield Said(missing[0] if missing else nothing, {"migrated": bool(missing)})
    try:
        keys.ensure()
        call_command("migrate", verbosity=0)
    except (Error, ValueError, LookupError) as error:
        raise Refusal("upgrade-failed", problem=error, rollback=way_back) from error
    for line in derived.make_missing():
        yield Said(line, {"made": [line]})
    report = verify()
    if not report.sound:
        raise Refusal("upgrade-failed", problem=report.wrong[0], rollback=way_back)
    yield Said(
        f"升级完成：台账 {report.entries} 条、数据 {report.records} 行全部相符",
        {"entries": report.entries, "records": report.records},
    )
    if way_back:
        yield Said(f"如需退回：{way_back}", {"rollback": way_back})


def _check_stopped(now: datetime) -> None:
    """Nobody may write with the old programme while the tables change under it.

    An installation older than signs of life has no table of them: its administrator has to know.
    """
    try:
        newest = newest_beat()
    except Error:
        return
    seconds = int((now - newest).total_seconds()) if newest else None
    if seconds is not None and seconds < checks.look(now).limit("worker_seconds"):
        raise Refusal("still-running", seconds=seconds)


def rollback(target: Path) -> str:
    """The way back, in order."""
    home = Path(settings.HOME)
    return (
        "1 停止服务；2 装回原来的版本；"
        f"3 FENGSUI_HOME={home}.back fengsui restore {target} --keys {keys.folder()}"
        f"（PostgreSQL 另给一个空数据库）；4 核对后以 {home}.back 运行，{home} 留作证据"
    )
