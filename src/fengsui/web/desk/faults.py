"""A broken channel, for the system administrator."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fengsui.platform.notices import queries
from fengsui.platform.notices.actions import FAULTS
from fengsui.platform.notices.lifecycle import CHANNEL_TITLES, Channel
from fengsui.platform.notices.models import Fault, Sending
from fengsui.platform.who import PostKind
from fengsui.web.desk.actor import actor
from fengsui.web.desk.shell import shell
from fengsui.web.desk.words import buttons, entries, state_tag
from fengsui.web.doors import door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.ui.shapes import Crumb, Empty, Fact
from fengsui.web.ui.table import Cell, Column, Group, Pager, Row, Table


@door({PostKind.SYSTEM_ADMIN})
@require_GET
def fault(request: Request, record_id: UUID) -> HttpResponse:
    """A channel that could not deliver, with what waits to be sent again."""
    found = queries.fault_page(actor(request), record_id)
    if found is None:
        raise Http404
    record, failed = found
    title = FAULTS.label(record)
    context = {
        "shell": shell(request, FAULTS.plural),
        "title": title,
        "crumbs": [Crumb(_(FAULTS.title), "/desk/channel-faults/"), Crumb(title)],
        "record": record,
        "states": [state_tag(FAULTS.lifecycle, record.state)],
        "main": buttons(record, FAULTS, actor(request))[0],
        "facts": _facts(record),
        "table": _failed(failed),
        "entries": entries(record),
    }
    return page(request, "desk/fault.html", context)


def _facts(record: Fault) -> list[Fact]:
    since = timezone.localtime(record.since_at).strftime("%Y-%m-%d %H:%M")
    return [
        Fact(_("渠道"), CHANNEL_TITLES[Channel(record.channel)]),
        Fact(_("发现时间"), since),
        Fact(_("原因"), record.error, wide=True),
        Fact(_("处理情况"), record.remedy, wide=True),
    ]


def _failed(sendings: list[Sending]) -> Table:
    """What did not reach anybody; addresses are not shown."""
    columns = [Column(_("通知")), Column(_("时间"), width="m"), Column(_("原因"), width="l")]
    rows = [
        Row(
            [
                Cell(sending.notice.title),
                Cell(timezone.localtime(sending.notice.at).strftime("%Y-%m-%d %H:%M")),
                Cell(sending.error or sending.receipt),
            ]
        )
        for sending in sendings
    ]
    empty = Empty(_("没有发送失败的通知"), _("已全部重新发送。"), icon="circle-check")
    return Table(_("发送失败的通知"), columns, [Group(rows)], Pager(shown=len(rows)), empty)
