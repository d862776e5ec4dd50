"""Every number of an agency's documents accounted for: used, held, void with its reason."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fengsui.platform.documents.kinds import DOCUMENT_KINDS
from fengsui.platform.documents.queries import Account, Numbers, accounts_of
from fengsui.web.desk.actor import actor
from fengsui.web.desk.brigade import HEADS
from fengsui.web.desk.shell import shell
from fengsui.web.desk.words import url_of
from fengsui.web.doors import door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.ui.shapes import Empty, TagWord
from fengsui.web.ui.table import Cell, Column, Group, Row, Table


@door(HEADS)
@require_GET
def numbers(request: Request) -> HttpResponse:
    """The number series of one's own agency, with what became of each number."""
    who = actor(request)
    accounts = accounts_of(who.organisation_id) if who.organisation_id else []
    context = {
        "shell": shell(request, "documents"),
        "title": _("文号核对"),
        "table": _series(accounts),
        "voids": _voids(accounts),
    }
    return page(request, "desk/numbers.html", context)


def _series(accounts: list[Account]) -> Table:
    columns = [
        Column(_("文种")),
        Column(_("年度"), width="s"),
        Column(_("已发号"), width="s", number=True),
        Column(_("使用"), width="s", number=True),
        Column(_("其中作废"), width="s", number=True),
        Column(_("号段持有")),
        Column(_("核对"), width="m"),
    ]
    rows = [Row(_line(account)) for account in accounts]
    empty = Empty(_("还没有发出文号"), _("制作第一份文书后，号码在这里核对。"), icon="file-text")
    return Table(_("文号核对"), columns, [Group(rows)], empty=empty)


def _line(account: Account) -> list[Cell]:
    numbers = account.numbers
    kind = DOCUMENT_KINDS.get(numbers.kind)
    held = "；".join(
        _("{who} {first}–{last}").format(who=who, first=first, last=last)
        for who, first, last, _state in account.blocks
    )
    return [
        Cell(_(kind.title) if kind else numbers.kind),
        Cell(str(numbers.year)),
        Cell(str(numbers.given)),
        Cell(str(numbers.used.total())),
        Cell(str(len(account.voids))),
        Cell(held or "—"),
        Cell(tags=_verdict(numbers)),
    ]


def _verdict(numbers: Numbers) -> list[TagWord]:
    wrong = [(_("缺号 {n}"), numbers.missing), (_("重号 {n}"), numbers.doubled)]
    tags = [TagWord(words.format(n="、".join(map(str, n))), "bad") for words, n in wrong if n]
    return tags or [TagWord(_("无缺号、重号"), "done")]


def _voids(accounts: list[Account]) -> Table | None:
    rows = [
        Row([Cell(number, url_of("document", paper)), Cell(reason)])
        for account in accounts
        for paper, number, reason in account.voids
    ]
    columns = [Column(_("文号"), width="xl"), Column(_("作废原因"))]
    return Table(_("作废的文号"), columns, [Group(rows)]) if rows else None
