"""What I was told: the bell's page, the counts for the frame, and how else I want to be told."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform
from fengsui.platform.notices import queries, store
from fengsui.platform.notices.actions import Wished, change_wish, state_wish
from fengsui.platform.notices.lifecycle import CHANNEL_TITLES, PROGRESS_TITLES, Channel, Progress
from fengsui.platform.notices.models import Notice, Sending, Wish
from fengsui.platform.who import Who
from fengsui.platform.words import answer
from fengsui.platform.worklist.queries import counts_of
from fengsui.web.calls import desk_call
from fengsui.web.desk.actor import actor
from fengsui.web.desk.shell import shell
from fengsui.web.desk.words import url_of
from fengsui.web.doors import PEOPLE, door
from fengsui.web.entry.middleware import Request
from fengsui.web.forms import fields_of, read
from fengsui.web.pages import page
from fengsui.web.ui.shapes import Crumb, Empty, TagWord
from fengsui.web.ui.table import Cell, Column, Group, Pager, Row, Table


@door(PEOPLE)
@require_GET
def notices(request: Request) -> HttpResponse:
    """Unread first, then what was seen; each newest first."""
    who = actor(request)
    found = queries.notices_after(who, request.GET.get("after", ""))
    context = {
        "shell": shell(request, "notices"),
        "table": _table(found),
        "unread": queries.unread(who),
    }
    return page(request, "desk/notices.html", context)


def _table(found: list[Notice]) -> Table:
    columns = [
        Column(_("通知")),
        Column(_("时间"), width="m"),
        Column(_("送达情况"), width="l"),
        Column(_("状态"), width="s"),
    ]
    sendings = queries.sendings_of(found)
    fresh = [_row(notice, sendings[notice.id]) for notice in found if notice.seen_at is None]
    seen = [_row(notice, sendings[notice.id]) for notice in found if notice.seen_at is not None]
    named = [(_("未读"), fresh), (_("已读"), seen)]
    last = queries.place_of(found[-1]) if len(found) == queries.PAGE_SIZE else ""
    return Table(
        _("通知"),
        columns,
        [Group(rows, title) for title, rows in named if rows],
        Pager(shown=len(found), next_url=f"?after={last}" if last else ""),
        Empty(_("没有通知"), _("有新的待办、期限将到或逾期时，会在这里告诉您。"), icon="bell"),
        keys=True,
    )


def _row(notice: Notice, sendings: list[Sending]) -> Row:
    state = TagWord(_("已读"), "done") if notice.seen_at else TagWord(_("未读"), "active")
    if notice.urgency == "urgent" and notice.seen_at is None:
        state = TagWord(_("紧急"), "bad")
    return Row(
        [
            Cell(notice.title, f"/desk/notices/{notice.id}/", notice.text),
            Cell(timezone.localtime(notice.at).strftime("%Y-%m-%d %H:%M")),
            Cell("；".join(_how_far(sending) for sending in sendings)),
            Cell(tags=[state]),
        ]
    )


def _how_far(sending: Sending) -> str:
    channel = CHANNEL_TITLES[Channel(sending.channel)]
    return f"{channel}{PROGRESS_TITLES[Progress(sending.state)]}"


@door(PEOPLE)
@require_GET
def opened(request: Request, number: int) -> HttpResponse:
    """A notice leads to what it is about; who follows it has seen it."""
    who = actor(request)
    notice = queries.notice_of(who, number)
    if notice is None:
        raise Http404
    store.mark_seen(who, [notice.id], timezone.now())
    return redirect(url_of(notice.about_type, notice.about_id) or "desk:notices")


@door(PEOPLE)
@require_POST
def seen(request: Request) -> HttpResponse:
    """All of mine are seen."""
    count = store.mark_seen(actor(request), None, timezone.now())
    if count:
        messages.success(request, _("已全部标为已读。"))
    return redirect("desk:notices")


@door(PEOPLE)
@require_GET
def counts(request: Request) -> JsonResponse:
    """The numbers on the frame, for `/live` to refresh."""
    who = actor(request)
    open_count, late = counts_of(who)
    return JsonResponse({"notices": queries.unread(who), "tasks": open_count, "late": late})


@door(PEOPLE)
@require_http_methods(["GET", "POST"])
def wishes(request: Request, record_id: UUID | None = None) -> HttpResponse:
    """More channels for me, beside those the house prescribes; one's own wish is the only one there is."""
    who, errors, status = actor(request), {}, 200
    wish = queries.own_wish(who)
    if record_id and (wish is None or wish.id != record_id):
        raise Http404
    if request.method == "POST":
        errors, status = _wish(request, who, wish), 422
        if not errors:
            messages.success(request, _("提醒方式已保存。"))
            return redirect("desk:notices")
    said = request.POST.dict() if request.method == "POST" else _said(wish)
    context = {
        "shell": shell(request, "notices"),
        "crumbs": [Crumb(_("通知"), "/desk/notices/"), Crumb(_("提醒方式"))],
        "fields": fields_of(Wished, said, {}, errors),
        "general": [errors[""]] if errors.get("") else [],
        "kept": wish is not None and bool(wish.mail),
        "key": str(new_id()),
    }
    return page(request, "desk/wishes.html", context, status=status)


def _said(wish: Wish | None) -> dict[str, object]:
    """The address itself is not shown again: it is personal, and typed anew when it changes."""
    if wish is None:
        return {}
    return {"by_mail": wish.by_mail, "by_sms": wish.by_sms, "by_robot": wish.by_robot}


def _wish(request: Request, who: Who, wish: Wish | None) -> dict[str, str]:
    form, errors = read(Wished, request.POST, {})
    if form is None:
        return errors
    try:
        call = desk_call(request, who)
        if wish is None:
            perform(state_wish, None, call, form)
        else:
            perform(change_wish, wish, call, form)
    except Refusal as no:
        return {"": answer(no).text}
    return {}
