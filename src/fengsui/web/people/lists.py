"""Rows of the lists about people."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from fengsui.platform.accounts import queries as accounts
from fengsui.platform.accounts.lifecycle import POST, PostState
from fengsui.platform.accounts.models import Certificate, Post, User
from fengsui.platform.actions import ACTIONS
from fengsui.platform.imports.reading import Fault
from fengsui.platform.signin import queries
from fengsui.platform.signin.lifecycle import TICKET
from fengsui.platform.signin.models import (
    TICKET_TITLES,
    WHAT_TITLES,
    SignInEvent,
    Ticket,
    TicketKind,
    What,
)
from fengsui.platform.who import TITLES, PostKind
from fengsui.web.desk.words import buttons, state_tag
from fengsui.web.entry.account import browser_of
from fengsui.web.ui.shapes import ActionLink, Empty, TagWord
from fengsui.web.ui.table import Cell, Column, Group, Pager, Row, Table

_BAD = {What.WRONG_PASSWORD, What.WRONG_PIN, What.CODE_WRONG, What.WRONG_TICKET}
_WORST = {What.LOCKED, What.PHONE_LOCKED, What.CODE_LOCKED}


def moment(text: object) -> str:
    at = parse_datetime(text) if isinstance(text, str) else text
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""  # type: ignore[arg-type]  # an aware moment either way


def people(found: Sequence[User], text: str) -> Table:
    columns = [
        Column(_("姓名"), width="l"), Column(_("岗位")), Column(_("电话"), width="m"),
        Column(_("账号"), width="m"),
    ]  # fmt: skip
    second = queries.has_second_factor([person.id for person in found])
    rows = [
        Row(
            [
                Cell(person.name, reverse("people:person", args=[person.id]), person.username),
                Cell("；".join(map(title_of, seen(person))) or _("没有岗位")),
                Cell(str(person.phone)),
                Cell(tags=_account_tags(person, person.id in second)),
            ]
        )
        for person in found
    ]
    more = ""
    if len(found) == accounts.PAGE_SIZE:
        more = f"?{urlencode({'q': text, 'after': found[-1].username})}"
    empty = Empty(_("没有找到人员"), _("换一个姓名或登录名再找，或任命岗位。"), icon="users")
    pager = Pager(shown=len(found), next_url=more)
    return Table(_("人员与岗位"), columns, [Group(rows)], pager, empty)


def seen(person: User) -> list[Post]:
    """A person's living posts, as far as the reader may see them (prefetched)."""
    return list(getattr(person, "seen_posts", []))


def title_of(post: Post) -> str:
    return f"{post.organisation.name}·{TITLES[PostKind(post.kind)]}"


def _account_tags(person: User, second: bool) -> list[TagWord]:
    tags = [] if person.has_usable_password() else [TagWord(_("未设密码"), "warn")]
    return [*tags, TagWord(_("第二因素"), "done")] if second else tags


def posts(found: Sequence[Post], who: Any) -> Table:
    """Living posts, each with what may be done to it."""
    from_type = ACTIONS["post.end_post"].of
    columns = [Column(_("岗位")), Column(_("管辖区划"), width="s"), Column(_("状态"), width="m"),
               Column(_("操作"), width="s", hidden_title=True), Column(_("操作"), width="s", hidden_title=True)]  # fmt: skip
    rows = []
    for post in found:
        _main, links = buttons(post, from_type, who)
        by_title = {link.title: ActionLink(link.title, link.url, look="line") for link in links}
        leave = by_title.get("销假") or by_title.get("休假并指定代理")
        rows.append(
            Row(
                [
                    Cell(title_of(post), note=_("自 {on} 起").format(on=post.since_on)),
                    Cell(post.region),
                    Cell(tags=[state_tag(POST, post.state)], note=_deputy(post)),
                    Cell(action=leave),
                    Cell(action=by_title.get("离任")),
                ]
            )
        )
    empty = Empty(_("没有岗位"), _("任命后才能办理业务。"), icon="user")
    return Table(_("岗位"), columns, [Group(rows)], empty=empty)


def _deputy(post: Post) -> str:
    if post.state != PostState.ON_LEAVE or post.deputy is None:
        return ""
    return _("{name}代理至 {until}").format(name=post.deputy.name, until=post.deputy_until)


def certificates(found: Sequence[Certificate], who: Any) -> Table:
    of = ACTIONS["certificate.withdraw_certificate"].of
    columns = [Column(_("证件编号")), Column(_("有效期"), width="l"), Column(_("状态"), width="s"),
               Column(_("操作"), width="s", hidden_title=True)]  # fmt: skip
    rows = []
    for paper in found:
        _main, links = buttons(paper, of, who)
        withdraw = ActionLink(links[0].title, links[0].url, look="line") if links else None
        rows.append(
            Row(
                [
                    Cell(paper.number),
                    Cell(f"{paper.issued_on} — {paper.valid_until}"),
                    Cell(tags=[state_tag(of.lifecycle, paper.state)]),
                    Cell(action=withdraw),
                ]
            )
        )
    return Table(_("执法证件"), columns, [Group(rows)], empty=Empty(_("没有登记证件"), icon="user"))


def tickets(found: Sequence[Ticket]) -> Table:
    columns = [Column(_("种类")), Column(_("有效至"), width="m"), Column(_("状态"), width="s")]
    now = timezone.now()
    rows = []
    for one in found:
        late = one.state == "issued" and one.valid_until < now
        tag = TagWord(_("已过期"), "warn") if late else state_tag(TICKET, one.state)
        rows.append(
            Row(
                [
                    Cell(_(TICKET_TITLES[TicketKind(one.kind)])),
                    Cell(moment(one.valid_until)),
                    Cell(tags=[tag]),
                ]
            )
        )
    return Table(_("登录凭据"), columns, [Group(rows)], empty=Empty(_("没有发放过"), icon="lock"))


def events(found: Sequence[SignInEvent], base: str = "") -> Table:
    """What happened at the door; without `base` on the page of one person, who need not be named again."""
    columns = [Column(_("时间"), width="m"), Column(_("事件"), width="l"),
               *([Column(_("账号"), width="m")] if base else []),
               Column(_("地址"), width="m"), Column(_("设备"))]  # fmt: skip
    rows = [
        Row(
            [
                Cell(moment(one.at)),
                Cell(tags=[TagWord(_(WHAT_TITLES[What(one.what)]), _tone(What(one.what)))],
                     note=_("由{name}").format(name=one.by) if one.by else ""),
                *([_account(one)] if base else []),
                Cell(one.address),
                Cell(browser_of(one.agent)),
            ]
        )
        for one in found
    ]  # fmt: skip
    more = f"{base}?before={found[-1].id}" if len(found) == queries.PAGE_SIZE and base else ""
    empty = Empty(_("没有登录记录"), icon="lock")
    pager = Pager(shown=len(found), next_url=more) if base else None
    return Table(_("登录记录"), columns, [Group(rows)], pager, empty)


def _account(one: SignInEvent) -> Cell:
    return Cell(one.user.name if one.user else _("未知登录名"), note=one.username)


def _tone(what: What) -> Any:
    return "bad" if what in _WORST else "warn" if what in _BAD else "plain"


def access(found: Sequence[Mapping[str, Any]], base: str) -> Table:
    """Ledger entries about access: who, when, what was done to whom; nothing of the business."""
    columns = [Column(_("时间"), width="m"), Column(_("办理人"), width="l"), Column(_("事项"), width="m"),
               Column(_("对象")), Column(_("台账"), width="l")]  # fmt: skip
    rows = [
        Row(
            [
                Cell(moment(one["received_at"])),
                Cell(one["who"]["name"], note=_post_of(one["who"])),
                Cell(one["title"]),
                Cell(_object(one), note=str(one["result"].get("reason", ""))),
                Cell(one["id"][:13], code=True),
            ]
        )
        for one in found
    ]
    more = f"{base}?before={found[-1]['id']}" if len(found) == queries.PAGE_SIZE else ""
    empty = Empty(_("还没有记录"), icon="history")
    return Table(_("访问审计"), columns, [Group(rows)], Pager(len(found), next_url=more), empty)


def _post_of(who: Mapping[str, str]) -> str:
    title = str(TITLES[PostKind(who["kind"])])
    acting = _("代{holder}").format(holder=who["acting_for"]) if who.get("acting_for") else ""
    return f"{who.get('organisation', '')}·{title}{acting}".strip("·")


def _object(entry: Mapping[str, Any]) -> str:
    """Whom an entry is about: the person named in it, or how many rows."""
    if many := entry.get("many"):
        return _("{n} 行").format(n=many["count"])
    said, result = entry["inputs"], entry["result"]
    known = (said.get("username"), said.get("name"), result.get("user"))
    return " ".join(str(part) for part in known if part and not _is_id(part))[:80]


def _is_id(part: object) -> bool:
    """An entry's result may name a row by its id, which tells people nothing."""
    try:
        return bool(UUID(str(part)))
    except ValueError:
        return False


def faults(found: Sequence[Fault]) -> Table:
    columns = [Column(_("行"), width="xs", number=True), Column(_("列"), width="m"), Column(_("内容"), width="l"),
               Column(_("问题")), Column(_("怎样改"))]  # fmt: skip
    rows = [
        Row(
            [
                Cell(str(one.row)), Cell(one.column), Cell(one.value), Cell(one.reason),
                Cell(one.remedy),
            ]
        )
        for one in found
    ]  # fmt: skip
    return Table(_("没有导入的行"), columns, [Group(rows)])
