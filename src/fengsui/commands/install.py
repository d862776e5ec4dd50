"""An empty installation: folders, keys, tables, regions, the three administrators."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from fengsui.commands.declare import Said
from fengsui.commands.emptiness import built_whole
from fengsui.commands.regions import read as read_regions
from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform import keys, tls
from fengsui.platform.accounts.actions import (
    Appointment,
    NewOrganisation,
    appoint,
    create_organisation,
)
from fengsui.platform.accounts.models import OrganisationKind
from fengsui.platform.actions import perform
from fengsui.platform.calls import Call, Way
from fengsui.platform.regions.store import replace_regions
from fengsui.platform.signin.models import TicketKind
from fengsui.platform.signin.policy import limit
from fengsui.platform.signin.starting import issue
from fengsui.platform.who import CLOCK, TITLES, PostKind

_ADMINISTRATORS = (PostKind.SYSTEM_ADMIN, PostKind.SECURITY_ADMIN, PostKind.AUDIT_ADMIN)


def prepare() -> None:
    """Folders, keys and tables; may run again without harm."""
    Path(settings.HOME).mkdir(parents=True, exist_ok=True, mode=0o700)
    keys.ensure()
    call_command("migrate", verbosity=0)


def initialise(
    admins: Sequence[str], regions: Path | None, given: tuple[Path | None, Path | None]
) -> Iterator[Said]:
    """Lines that say what was made, with one-time links that are shown this once.

    All that can be wrong in what was given is found first; then it is built wholly or not at all.
    Refuses `admins-invalid`, `regions-invalid`, `certificate-invalid`, `home-not-empty`,
    `database-not-empty`.
    """
    names = _administrators(admins)
    rows = read_regions(regions) if regions is not None else []
    now = datetime.now(UTC)
    with built_whole():
        prepare()
        home = str(settings.HOME)
        yield Said(f"目录 {home}：密钥与数据库已就绪", {"home": home})
        yield _certificate(given, now)
        with transaction.atomic():
            if rows:
                count = replace_regions(rows)
                yield Said(f"区划 {count} 条", {"regions": count})
            yield from _appointed(names, now)


def _administrators(given: Sequence[str]) -> dict[str, PostKind]:
    problem = ""
    if len(given) != len(_ADMINISTRATORS):
        problem = f"给了 {len(given)} 个"
    elif len(set(given)) != len(given):
        problem = "三人不能相同"
    elif wrong := [name for name in given if not re.fullmatch(r"[a-z0-9._-]{3,60}", name)]:
        problem = f"登录名“{wrong[0]}”只能用小写字母、数字、点、横线，3 到 60 个"
    if problem:
        raise Refusal("admins-invalid", given=",".join(given), problem=problem)
    return dict(zip(given, _ADMINISTRATORS, strict=True))


def _certificate(given: tuple[Path | None, Path | None], now: datetime) -> Said:
    certificate, key = given
    if certificate is not None and key is not None:
        tls.take(certificate, key, now)
        return Said(f"证书 {certificate} 已装入", {"certificate": str(certificate)})
    if certificate is not None or key is not None:
        raise Refusal("certificate-invalid", file=certificate or key, problem="证书和私钥要一起给")
    tls.ensure(now, 0)
    path = str(tls.authority_path())
    return Said(f"证书由本机签发；手机、电脑须安装 {path}", {"authority": path})


def link(username: str, *, clears_second_factor: bool) -> str:
    """The way back in when no security administrator can give one: whoever runs the machine may."""
    call = _call(datetime.now(UTC))
    issued = issue(call, username, TicketKind.LINK, clears_second_factor=clears_second_factor)
    return _address(issued.secret)


def _address(secret: str) -> str:
    return f"{settings.PUBLIC_URL}/start/{secret}"


def _call(now: datetime) -> Call:
    return Call(who=CLOCK, way=Way.COMMAND, key=str(new_id()), at=now, received_at=now)


def _appointed(names: dict[str, PostKind], now: datetime) -> Iterator[Said]:
    form = NewOrganisation(name="系统运行", kind=OrganisationKind.OPERATOR, region="0" * 12)
    operator = perform(create_organisation, None, _call(now), form).made
    for username, kind in names.items():
        title = str(TITLES[kind])
        post = Appointment(username=username, name=title, organisation=operator, kind=kind)
        perform(appoint, None, _call(now), post)
        link = _address(issue(_call(now), username, TicketKind.LINK).secret)
        made = {"username": username, "post": kind.value, "link": link}
        yield Said(f"{title} {username}：{link}", {"administrators": [made]})
    hours = limit("link_hours", now)
    words = f"三个链接各能用一次，{hours} 小时内有效，请分别交给三个人；不会再次显示。"
    yield Said(words, {"hours": hours})
