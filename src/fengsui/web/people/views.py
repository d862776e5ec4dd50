"""Who holds which post; one person; letting somebody start; ending sign-ins."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from fengsui.kernel.ids import new_id
from fengsui.kernel.refusal import Refusal
from fengsui.platform.accounts import queries as accounts
from fengsui.platform.accounts.models import User
from fengsui.platform.actions import perform
from fengsui.platform.calls import Call, Nothing, Way
from fengsui.platform.signin import policy, queries, starting, store
from fengsui.platform.signin.actions import may_start, revoke_phone
from fengsui.platform.signin.models import TicketKind
from fengsui.platform.who import PostKind, Who
from fengsui.platform.words import answer
from fengsui.web.desk.actor import actor
from fengsui.web.desk.exporting import export
from fengsui.web.desk.shell import shell
from fengsui.web.doors import door
from fengsui.web.entry.account import devices
from fengsui.web.entry.middleware import Request
from fengsui.web.entry.steps import qr
from fengsui.web.pages import page
from fengsui.web.people import lists
from fengsui.web.people.doors import APPOINTERS, KEEPERS, READERS, SECURITY
from fengsui.web.ui.shapes import ActionLink, Crumb, Fact, TagWord


@door(READERS)
@require_GET
def people(request: Request) -> HttpResponse:
    who, text = actor(request), request.GET.get("q", "").strip()
    found = accounts.people_after(who, request.GET.get("after", ""), text)
    context = {
        "shell": shell(request, "people"),
        "q": text,
        "links": _links(who.kind),
        "export": export("people", who, {"q": text}),
        "table": lists.people(found, text),
    }
    return page(request, "people/list.html", context)


def _links(kind: PostKind) -> list[ActionLink]:
    if kind not in APPOINTERS:
        return []
    links = [
        ActionLink(_("登录凭据"), "/desk/tickets/"),
        ActionLink(_("绑定的手机"), "/desk/phones/"),
        ActionLink(_("导入人员"), reverse("people:import", args=["people"]), "upload"),
    ]
    if kind == PostKind.SECURITY_ADMIN:
        url = "/desk/new/organisation.create_organisation"
        links.insert(0, ActionLink(_("登记机构"), url, "building-community"))
    return [*links, ActionLink(_("任命岗位"), "/desk/new/post.appoint", "plus", "main")]


def _person(who: Who, user_id: UUID) -> User:
    found = accounts.person_page(who, user_id)
    if found is None:
        raise Http404
    return found


@door(READERS)
@require_GET
def person(request: Request, user_id: UUID) -> HttpResponse:
    who = actor(request)
    return _person_page(request, who, _person(who, user_id))


def _person_page(request: Request, who: Who, user: User, status: int = 200) -> HttpResponse:
    now, keeper = timezone.now(), who.kind in KEEPERS
    posts, running = lists.seen(user), queries.signed_in_now(who, now, user.id) if keeper else []
    starts = who.kind in APPOINTERS and may_start(who, user)
    context = {
        "shell": shell(request, "people"),
        "crumbs": [Crumb(_("人员与岗位"), "/desk/people/"), Crumb(user.name)],
        "person": user,
        "facts": _facts(user),
        "posts": lists.posts(posts, who),
        "certificates": lists.certificates(accounts.certificates_of(user.id), who),
        "links": _person_links(who, user),
        "starts": starts,
        "on_paper": any(post.kind in policy.pin_posts(now) for post in posts),
        "resets": starts and queries.second_factor_of(user.id) is not None,
        "key": str(new_id()),
        "tickets": lists.tickets(queries.tickets_of(who, user.id)),
        "phones": queries.phones_of(who, user.id),
        "keeper": keeper,
        "may_end": who.kind in SECURITY,
        "devices": devices(running, "", ends=who.kind in SECURITY),
        "ends": [one.id for one in running],
        "events": lists.events(queries.events_before(who, "", user.id)[:10]) if keeper else None,
    }
    return page(request, "people/person.html", context, status=status)


def _facts(user: User) -> list[Fact]:
    password = _("已设置") if user.has_usable_password() else _("未设置")
    second = queries.second_factor_of(user.id) is not None
    tag = TagWord(_("已启用"), "done") if second else TagWord(_("未启用"))
    return [
        Fact(_("登录名"), user.username),
        Fact(_("电话"), str(user.phone)),
        Fact(_("密码"), password),
        Fact(_("第二因素"), tags=[tag]),
    ]


def _person_links(who: Who, user: User) -> list[ActionLink]:
    if who.kind != PostKind.SECURITY_ADMIN:
        return []
    named = urlencode({"username": user.username, "name": user.name})
    return [
        ActionLink(_("再任命一个岗位"), f"/desk/new/post.appoint?{named}", "plus"),
        ActionLink(_("登记证件"), f"/desk/new/certificate.register_certificate?{named}", "plus"),
    ]


@door(APPOINTERS)
@never_cache
@require_POST
def issue(request: Request, user_id: UUID) -> HttpResponse:
    """A new link or paper code. It is on this page and nowhere else."""
    who = actor(request)
    user, now = _person(who, user_id), timezone.now()
    kind = TicketKind.PAPER if request.POST.get("kind") == "paper" else TicketKind.LINK
    clears = "clears" in request.POST
    call = Call(who, Way.DESK, str(new_id()), at=now, received_at=now)
    try:
        issued = starting.issue(call, user.username, kind, clears_second_factor=clears)
    except Refusal as no:
        said = answer(no)
        messages.error(request, said.text)
        return _person_page(request, who, user, said.status)
    path = reverse("entry:start-phone") if kind == TicketKind.PAPER else ""
    url = (
        f"{settings.PUBLIC_URL}{path}?{urlencode({'code': issued.secret})}"
        if path
        else f"{settings.PUBLIC_URL}{reverse('entry:start', args=[issued.secret])}"
    )
    context = {
        "shell": shell(request, "people"),
        "crumbs": [
            Crumb(user.name, reverse("people:person", args=[user.id])),
            Crumb(_("登录凭据")),
        ],
        "person": user,
        "paper": kind == TicketKind.PAPER,
        "secret": issued.secret,
        "url": url,
        "address": f"{settings.PUBLIC_URL}{path}",
        "picture": qr(url),
        "ticket": next(one for one in queries.tickets_of(who, user.id) if one.id == issued.ticket),
    }
    return page(request, "people/issued.html", context)


@door(SECURITY)
@require_POST
def end(request: Request, user_id: UUID) -> HttpResponse:
    """End one sign-in of a person, or all: out at the next request."""
    who = actor(request)
    user, one = _person(who, user_id), request.POST.get("id", "")
    only = next(
        (found.id for found in queries.signed_in_now(who, timezone.now(), user_id)
         if str(found.id) == one),
        None,
    )  # fmt: skip
    if one != "all" and only is None:
        raise Http404
    store.end(user, timezone.now(), only=only, by=who.name)
    messages.success(request, _("已终止。对方下一次操作时须重新登录。"))
    return redirect("people:person", user_id=user.id)


@door(APPOINTERS)
@require_POST
def lose_phone(request: Request, user_id: UUID, phone_id: UUID) -> HttpResponse:
    """Somebody's phone is lost."""
    who, now = actor(request), timezone.now()
    try:
        call = Call(who, Way.DESK, str(new_id()), at=now, received_at=now)
        perform(revoke_phone, phone_id, call, Nothing())
        messages.success(request, _("已解除绑定。那部手机下一次操作时就进不来了。"))
    except Refusal as no:
        messages.error(request, answer(no).text)
    return redirect("people:person", user_id=user_id)
