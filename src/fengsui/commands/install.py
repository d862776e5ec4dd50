"""An empty installation: folders, keys, tables, regions, the three administrators."""

import csv
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform import keys
from fengsui.platform.accounts.actions import (
    Appointment,
    NewOrganisation,
    appoint,
    create_organisation,
)
from fengsui.platform.accounts.models import OrganisationKind
from fengsui.platform.accounts.store import set_first_password
from fengsui.platform.actions import perform
from fengsui.platform.calls import Call, Way
from fengsui.platform.regions.store import replace_regions
from fengsui.platform.who import CLOCK, PostKind

_COLUMNS = ("code", "level", "kind", "name", "parent")
_ADMINISTRATORS = {
    "system": (PostKind.SYSTEM_ADMIN, "系统管理员"),
    "security": (PostKind.SECURITY_ADMIN, "安全管理员"),
    "audit": (PostKind.AUDIT_ADMIN, "审计管理员"),
}


def prepare() -> None:
    """Folders, keys and tables; may run again without harm."""
    Path(settings.HOME).mkdir(parents=True, exist_ok=True)
    keys.ensure()
    call_command("migrate", verbosity=0)


def load_regions(path: Path) -> int:
    """Read a table of divisions, wholly or not at all. Refuses `regions-invalid` with row and column."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for number, row in enumerate(rows, start=2):
        for column in _COLUMNS:
            if column not in row:
                raise Refusal("regions-invalid", row=1, column=column, problem="缺少这一列")
        if not (row["code"].isdigit() and len(row["code"]) == 12):
            raise Refusal("regions-invalid", row=number, column="code", problem="不是十二位代码")
    return replace_regions([{name: row[name] for name in _COLUMNS} for row in rows])


def initialise(regions: Path | None) -> Iterator[str]:
    """Lines that say what was made, with the first passwords: shown once, to be changed at once."""
    prepare()
    yield f"目录 {settings.HOME}：密钥与数据库已就绪"
    if regions is not None:
        yield f"区划 {load_regions(regions)} 条"
    now = datetime.now(UTC)

    def call() -> Call:
        return Call(who=CLOCK, way=Way.COMMAND, key=str(new_id()), at=now, received_at=now)

    form = NewOrganisation(name="系统运行", kind=OrganisationKind.OPERATOR, region="0" * 12)
    operator = perform(create_organisation, None, call(), form).made
    for name, (kind, title) in _ADMINISTRATORS.items():
        perform(
            appoint,
            None,
            call(),
            Appointment(username=name, name=title, organisation=operator, kind=kind),
        )
        password = secrets.token_urlsafe(12)
        set_first_password(name, password)
        yield f"{title} {name} 的首次密码：{password}"
