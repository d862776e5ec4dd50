"""An empty installation: folders, keys, tables, regions, the three administrators."""

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

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
from fengsui.platform.accounts.queries import is_anybody_there
from fengsui.platform.actions import perform
from fengsui.platform.calls import Call, Way
from fengsui.platform.regions.store import replace_regions
from fengsui.platform.signin.models import TicketKind
from fengsui.platform.signin.policy import limit
from fengsui.platform.signin.starting import issue
from fengsui.platform.who import CLOCK, PostKind

_COLUMNS = ("code", "level", "kind", "name", "parent")
_ADMINISTRATORS = (
    (PostKind.SYSTEM_ADMIN, "系统管理员"),
    (PostKind.SECURITY_ADMIN, "安全管理员"),
    (PostKind.AUDIT_ADMIN, "审计管理员"),
)


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


def initialise(regions: Path | None, admins: str) -> Iterator[str]:
    """Lines that say what was made, with one-time links that are shown this once.

    Refuses `already-initialised` and `admins-invalid`; then nothing is made.
    """
    names = _names(admins)
    prepare()
    if is_anybody_there():
        raise Refusal("already-initialised", home=str(settings.HOME))
    yield f"目录 {settings.HOME}：密钥与数据库已就绪"
    if regions is not None:
        yield f"区划 {load_regions(regions)} 条"
    yield from _three_administrators(names, datetime.now(UTC))


def _names(admins: str) -> list[str]:
    """Three sign-in names for three persons."""
    names = [name.strip() for name in admins.split(",")]
    good = all(re.fullmatch(r"[a-z0-9._-]{3,60}", name) for name in names)
    if len(names) != len(_ADMINISTRATORS) or len(set(names)) != len(names) or not good:
        raise Refusal("admins-invalid", given=admins)
    return names


def link(username: str, *, clears_second_factor: bool) -> str:
    """The way back in when no security administrator can give one: whoever runs the machine may."""
    call = _call(datetime.now(UTC))
    issued = issue(call, username, TicketKind.LINK, clears_second_factor=clears_second_factor)
    return f"{settings.PUBLIC_URL}/start/{issued.secret}"


def _call(now: datetime) -> Call:
    return Call(who=CLOCK, way=Way.COMMAND, key=str(new_id()), at=now, received_at=now)


@transaction.atomic
def _three_administrators(names: list[str], now: datetime) -> list[str]:
    form = NewOrganisation(name="系统运行", kind=OrganisationKind.OPERATOR, region="0" * 12)
    operator = perform(create_organisation, None, _call(now), form).made
    lines = []
    for username, (kind, title) in zip(names, _ADMINISTRATORS, strict=True):
        post = Appointment(username=username, name=title, organisation=operator, kind=kind)
        perform(appoint, None, _call(now), post)
        secret = issue(_call(now), username, TicketKind.LINK).secret
        lines.append(f"{title} {username}：{settings.PUBLIC_URL}/start/{secret}")
    hours = limit("link_hours", now)
    return [*lines, f"三个链接各能用一次，{hours} 小时内有效，请分别交给三个人；不会再次显示。"]
