"""A person's own page: posts and leave, certificate, password, second factor, signed-in devices."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fengsui.kernel.ids import new_id
from fengsui.platform.accounts.actions import POSTS
from fengsui.platform.accounts.lifecycle import POST, PostState
from fengsui.platform.accounts.models import Certificate, Post
from fengsui.platform.accounts.queries import certificates_of, own_posts
from fengsui.platform.actions import open_to, perform
from fengsui.platform.calls import Call, Nothing, Way
from fengsui.platform.rules import local_day
from fengsui.platform.signin import policy, queries, store
from fengsui.platform.signin.actions import revoke_phone
from fengsui.platform.signin.models import SignedIn
from fengsui.platform.signin.receivers import SIGNED_IN
from fengsui.platform.who import TITLES, PostKind, Who
from fengsui.web.desk.shell import shell
from fengsui.web.doors import PEOPLE, door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.ui.shapes import ActionLink, Empty, Fact, TagWord
from fengsui.web.ui.table import Cell, Column, Group, Row, Table


def _who(request: Request) -> tuple[Who, UUID]:
    who = request.who
    if who is None or who.user_id is None:
        raise Http404
    return who, who.user_id


@door(PEOPLE)
@require_GET
def account(request: Request) -> HttpResponse:
    who, user_id = _who(request)
    now, current = timezone.now(), request.session.get(SIGNED_IN, "")
    running = queries.signed_in_now(who, now, user_id)
    context = {
        "shell": shell(request, "account"),
        "who": who,
        "username": request.user.get_username(),
        "posts": [_post(post, who) for post in own_posts(user_id)],
        "papers": [_paper(paper) for paper in certificates_of(user_id)],
        "second_factor": queries.second_factor_of(user_id) is not None,
        "demanded": policy.asks_second_factor(who.kind, now),
        "codes_left": queries.codes_left(user_id),
        "devices": devices(running, current),
        "ends": [one.id for one in running if str(one.id) != current],
        "phones": queries.phones_of(who, user_id),
    }
    return page(request, "entry/account.html", context)


def _post(post: Post, who: Who) -> tuple[str, str, list[ActionLink]]:
    """Title, standing, and what its holder may do with it now."""
    title = f"{post.organisation.name}·{TITLES[PostKind(post.kind)]}"
    note = POST.title(post.state)
    if post.state == PostState.ON_LEAVE and post.deputy is not None:
        note = _("休假至 {until}，由{deputy}代理").format(
            until=post.deputy_until, deputy=post.deputy.name
        )
    wanted = {"go_on_leave", "return_from_leave"}
    links = [
        ActionLink(action.title, reverse("desk:act", args=[action.what, post.id]), look="line")
        for action in open_to(post, POSTS, who)
        if action.name in wanted and post.id == who.post_id
    ]
    return title, note, links


def _paper(paper: Certificate) -> Fact:
    today = local_day(timezone.now())
    valid = paper.state == "valid" and paper.valid_until >= today
    tag = TagWord(_("有效"), "done") if valid else TagWord(_("已失效"), "bad")
    term = _("{first} 至 {last}").format(first=paper.issued_on, last=paper.valid_until)
    return Fact(paper.number, term, tags=[tag])


def devices(
    running: Sequence[SignedIn], current: str, *, names: bool = False, ends: bool = True
) -> Table:
    """Running sign-ins; `names` says whose, `ends` offers to end each but the current one."""
    columns = [Column(_("人员") if names else _("设备")), Column(_("地址"), width="m"),
               Column(_("登录"), width="m"), Column(_("最近使用"), width="m")]  # fmt: skip
    if ends:
        columns.append(Column(_("操作"), width="s", hidden_title=True))
    rows = []
    for one in running:
        own, device = str(one.id) == current, browser_of(one.agent)
        here = [TagWord(_("本机"), "active")] if own else []
        cells = [
            Cell(one.user.name, note=device) if names else Cell(device, tags=here),
            Cell(one.address),
            Cell(timezone.localtime(one.at).strftime("%m-%d %H:%M")),
            Cell(timezone.localtime(one.seen_at).strftime("%m-%d %H:%M")),
        ]
        end = None if own else ActionLink(_("终止"), form=f"end-{one.id}", look="line")
        rows.append(Row([*cells, Cell(action=end)] if ends else cells))
    empty = Empty(_("现在没有登录"), icon="user")
    return Table(_("已登录的设备"), columns, [Group(rows)], empty=empty)


def browser_of(agent: str) -> str:
    """Browser and system out of a user-agent text, as far as they can be told."""
    browsers = {"Edg/": "Edge", "MicroMessenger": "微信", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}  # fmt: skip
    systems = {"Windows": "Windows", "Android": "Android", "iPhone": "iPhone", "HarmonyOS": "HarmonyOS", "Linux": "Linux", "Mac OS": "macOS"}  # fmt: skip
    browser = next((name for word, name in browsers.items() if word in agent), "")
    system = next((name for word, name in systems.items() if word in agent), "")
    return "·".join(part for part in (browser, system) if part) or _("未知设备")


@door(PEOPLE)
@require_POST
def end(request: Request) -> HttpResponse:
    """End one of my other sign-ins, or all of them."""
    who, user_id = _who(request)
    now, current = timezone.now(), UUID(request.session[SIGNED_IN])
    running = queries.signed_in_now(who, now, user_id)
    wanted = request.POST.get("id", "")
    for one in running:
        if one.id != current and wanted in ("all", str(one.id)):
            store.end(one.user, now, only=one.id, by=who.name)
    messages.success(request, _("已终止。那台设备下一次操作时须重新登录。"))
    return redirect("entry:account")


@door(PEOPLE)
@require_POST
def lose_phone(request: Request, phone_id: UUID) -> HttpResponse:
    """My phone is lost: it is out at its next request. Another's phone is not there."""
    who, user_id = _who(request)
    now = timezone.now()
    if phone_id not in {phone.id for phone in queries.phones_of(who, user_id)}:
        raise Http404
    call = Call(who, Way.DESK, str(new_id()), at=now, received_at=now)
    perform(revoke_phone, phone_id, call, Nothing())
    messages.success(request, _("已解除绑定。"))
    return redirect("entry:account")
