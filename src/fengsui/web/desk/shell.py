"""The frame of a desk page for the person in front of it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from fengsui.platform.accounts.queries import usable_posts
from fengsui.platform.notices.queries import unread
from fengsui.platform.rules import local_day
from fengsui.platform.who import OFFICERS, TITLES, PostKind
from fengsui.platform.worklist.queries import counts_of
from fengsui.web.entry.middleware import Request
from fengsui.web.people import doors as people
from fengsui.web.ui.shell import NavItem, PostChoice, Shell


def shell(request: Request, current: str) -> Shell:
    """Navigation holds what exists and what this post may see; nothing leads nowhere."""
    who = request.who
    if who is None or who.user_id is None:
        return Shell(user_name="", post_title="")
    posts = [
        PostChoice(
            str(post.id),
            f"{post.organisation.name}·{TITLES[PostKind(post.kind)]}",
            post.id == who.post_id,
        )
        for post, _lent in usable_posts(who.user_id, local_day(timezone.now()))
    ]
    acting = _("代{holder}").format(holder=who.acting_for) if who.acting_for else ""
    return Shell(
        user_name=who.name,
        post_title=f"{who.organisation}·{who.title}{acting}",
        posts=posts,
        nav=_nav(request, current),
        sign_out_url="/sign-out",
        switch_url="/post",
        home_url="/desk/",
        account_url="/account",
        notices_url="/desk/notices/",
        unread=unread(who),
        live_url="/live",
    )


def _nav(request: Request, current: str) -> list[NavItem]:
    who = request.who
    assert who is not None  # noqa: S101  shell() has looked
    open_count, late = counts_of(who)
    items = [
        NavItem(
            _("我的待办"),
            "/desk/",
            "checklist",
            current == "worklist",
            open_count,
            late > 0,
            badge="tasks",
        )
    ]
    sees_business = who.kind in OFFICERS or who.kind == PostKind.PREMISES_MANAGER
    if sees_business:
        children = (
            NavItem(_("监管对象"), "/desk/premises/", current=current == "premises"),
            NavItem(_("监督检查"), "/desk/inspections/", current=current == "inspections"),
            NavItem(_("火灾隐患"), "/desk/hazards/", current=current == "hazards"),
        )
        items.append(
            NavItem(
                _("监督管理"),
                "/desk/hazards/",
                "clipboard-check",
                children=children,
                heading=_("六大体系"),
            )
        )
    items += _people_nav(who.kind, current)
    items.append(NavItem(_("后台作业"), "/desk/jobs/", "download", current == "jobs", place="foot"))
    items.append(NavItem(_("法规与规则"), "/rules/", "book-2", place="foot"))
    return items


def _people_nav(kind: PostKind, current: str) -> list[NavItem]:
    """People for those who appoint; the door's log for those who keep it."""
    items = []
    if kind in people.READERS:
        items.append(NavItem(_("人员与岗位"), "/desk/people/", "users", current == "people"))
    if kind in people.KEEPERS:
        items.append(NavItem(_("访问审计"), "/desk/access/", "history", current == "access"))
        items.append(NavItem(_("登录记录"), "/desk/sign-ins/", "lock", current == "sign-ins"))
    return items
