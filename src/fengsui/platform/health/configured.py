"""The settings of this installation, judged: what must be changed before people rely on it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from fengsui.platform import keys
from fengsui.platform.documents import queries as documents
from fengsui.platform.documents.kinds import DOCUMENT_KINDS
from fengsui.platform.documents.queries import Numbers
from fengsui.platform.health.checks import (
    Check,
    Finding,
    Look,
    backup,
    bad,
    calendar,
    certificate,
    clock,
    database,
    deliveries,
    disk,
    key_files,
    migrations,
    ok,
    sealing,
    warn,
    worker,
)

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1", "[::1]"})


def hosts(at: Look) -> Iterator[Finding]:
    if "*" in settings.ALLOWED_HOSTS:
        yield bad("hosts", "FENGSUI_HOSTS 允许任何名称", "写明本系统的域名和地址，逗号分隔")
    elif set(settings.ALLOWED_HOSTS) <= _LOCAL:
        yield warn("hosts", "只允许本机访问", "设置 FENGSUI_HOSTS=域名,地址")
    else:
        yield ok("hosts", "、".join(settings.ALLOWED_HOSTS))


def public_url(at: Look) -> Iterator[Finding]:
    parts = urlsplit(settings.PUBLIC_URL)
    remedy = "设置 FENGSUI_PUBLIC_URL=https://域名，文书二维码由此生成"
    if parts.hostname in _LOCAL:
        yield warn("public-url", f"{settings.PUBLIC_URL} 只在本机有效", remedy)
    elif parts.scheme != "https":
        yield bad("public-url", f"{settings.PUBLIC_URL} 不是 https", remedy)
    else:
        yield ok("public-url", settings.PUBLIC_URL)


def secret(at: Look) -> Iterator[Finding]:
    path = keys.folder() / "secret"
    if not path.exists() or path.read_text().strip() != settings.SECRET_KEY:
        yield bad(
            "secret", "会话密钥是临时生成的，重启后全体退出登录", f"运行 fengsui init 生成 {path}"
        )
    else:
        yield ok("secret", "会话密钥来自 keys/secret")


def debug(at: Look) -> Iterator[Finding]:
    if settings.DEBUG or settings.TESTING:
        yield bad("debug", "调试或测试方式开着", "去掉 FENGSUI_TESTING，DEBUG 保持关闭")
    else:
        yield ok("debug", "已关闭")


def second_factor(at: Look) -> Iterator[Finding]:
    if getattr(settings, "SECOND_FACTOR", "offered") == "required":
        yield ok("second-factor", "特权岗位须用第二因素登录")
    else:
        remedy = "设置 FENGSUI_SECOND_FACTOR=required"
        yield warn("second-factor", "特权岗位没有强制第二因素", remedy)


def numbers(at: Look) -> Iterator[Finding]:
    """A paper's number that nobody accounts for is a paper that may have been hidden."""
    series = documents.unaccounted()
    for one in series:
        yield bad("numbers", _said(one), "向审计管理员报告；对照文号台账和台账记录逐号查明")
    if not series:
        yield ok("numbers", "各文号序列无缺号、重号")


def _said(series: Numbers) -> str:
    kind = DOCUMENT_KINDS.get(series.kind)
    title = kind.title if kind else series.kind
    faults = {"缺号": series.missing, "重号": series.doubled}
    listed = "，".join(f"{name} {_listed(found)}" for name, found in faults.items() if found)
    return f"{documents.agency_of(series)} {series.year} 年“{title}”{listed}"


def _listed(found: list[int], most: int = 10) -> str:
    shown = "、".join(map(str, found[:most]))
    return f"{shown} 等 {len(found)} 个" if len(found) > most else shown


def mqtt(at: Look) -> Iterator[Finding]:
    if settings.MQTT_URL:
        yield ok("mqtt", "已配置消息服务器")
    else:
        yield ok("mqtt", "MQTT 关闭：未设置 FENGSUI_MQTT_URL，只接收 TCP 26875 与 HTTP 上报")


ALL: tuple[Check, ...] = (
    hosts,
    public_url,
    secret,
    debug,
    second_factor,
    key_files,
    database,
    disk,
    calendar,
    worker,
    migrations,
    clock,
    backup,
    sealing,
    deliveries,
    numbers,
    certificate,
    mqtt,
)
