"""The frame of a desk page for the person in front of it."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as n

from fengsui.platform.accounts.queries import usable_posts
from fengsui.platform.notices.queries import unread
from fengsui.platform.rules import local_day
from fengsui.platform.who import OFFICERS, TITLES, PostKind, Who
from fengsui.platform.worklist.queries import counts_of
from fengsui.web.doors import SUPERVISION
from fengsui.web.entry.middleware import Request
from fengsui.web.people import doors as people
from fengsui.web.ui.shell import NavItem, Place, PostChoice, Shell

# (who has it, heading above, title, address, icon): navigation holds what exists for a post, no more.
_SUPERVISION = (
    (n("监管对象"), "premises"),
    (n("监督检查"), "inspections"),
    (n("火灾隐患"), "hazards"),
    (n("文书"), "documents"),
)
_GRASSROOTS = ((n("网格"), "grids"), (n("风险户"), "households"))
_MANAGERS_HEADING = n("本单位")
_AFFAIRS = (
    (n("机构"), "organisations", "building-community"),
    (n("人员与岗位"), "people", "users"),
    (n("执法证件"), "certificates", "file-text"),
)
_DOORS_LOG = ((n("访问审计"), "access", "history"), (n("登录记录"), "sign-ins", "lock"))
_OWN = {
    PostKind.SYSTEM_ADMIN: (
        (n("工作日历"), "calendar-years", "calendar"),
        (n("区划"), "regions", "map-pin"),
        (n("渠道故障"), "channel-faults", "alert-triangle"),
    ),
    PostKind.SECURITY_ADMIN: (*_AFFAIRS, *_DOORS_LOG),
    PostKind.AUDIT_ADMIN: (
        (n("台账"), "ledger", "shield-check"),
        _AFFAIRS[1],
        *_DOORS_LOG,
        (n("号码使用"), "address-uses", "eye"),
    ),
}


def shell(request: Request, current: str, search: str = "") -> Shell:
    """`current` is the plural of the type whose pages these are."""
    who = request.who
    if who is None or who.user_id is None:
        return Shell(user_name="", post_title="")
    acting = _("代{holder}").format(holder=who.acting_for) if who.acting_for else ""
    return Shell(
        user_name=who.name,
        post_title=f"{who.organisation}·{who.title}{acting}",
        posts=_posts(who),
        nav=_nav(who, current),
        search_url=reverse("desk:find") if who.kind in SUPERVISION else "",
        search_text=search,
        sign_out_url="/sign-out",
        switch_url="/post",
        language_url="/language",
        home_url="/desk/",
        account_url="/account",
        notices_url="/desk/notices/",
        unread=unread(who),
        live_url="/live",
    )


def _posts(who: Who) -> list[PostChoice]:
    usable = usable_posts(who.user_id, local_day(timezone.now())) if who.user_id else []
    return [
        PostChoice(
            str(post.id),
            f"{post.organisation.name}·{TITLES[PostKind(post.kind)]}",
            post.id == who.post_id,
        )
        for post, _lent in usable
    ]


def _nav(who: Who, current: str) -> list[NavItem]:
    count, late = counts_of(who)
    here = current in ("worklist", "tasks")
    first = NavItem(_("我的待办"), "/desk/", "checklist", here, count, late > 0, badge="tasks")
    jobs = NavItem(_("后台作业"), "/desk/jobs/", "download", current == "jobs", place="foot")
    rules = NavItem(_("法规与规则"), "/rules/", "book-2", place="foot")
    return [first, *_business(who, current), *_own(who, current), jobs, rules]


def _business(who: Who, current: str) -> list[NavItem]:
    if who.kind not in OFFICERS and who.kind != PostKind.PREMISES_MANAGER:
        return _grassroots(who, current)
    children = tuple(
        NavItem(_(title), f"/desk/{plural}/", current=current == plural)
        for title, plural in _SUPERVISION
    )
    heading = _("六大体系") if who.kind in OFFICERS else _(_MANAGERS_HEADING)
    supervision = NavItem(
        _("监督管理"), "/desk/hazards/", "clipboard-check", children=children, heading=heading
    )
    return [supervision, *_grassroots(who, current)]


def _grassroots(who: Who, current: str) -> list[NavItem]:
    """Grids and households, for officers of the region and for who walks there."""
    children = tuple(
        NavItem(_(title), f"/desk/{plural}/", current=current == plural)
        for title, plural in _GRASSROOTS
    )
    if who.kind in OFFICERS:
        return [NavItem(_("基层治理"), "/desk/grids/", "heart-handshake", children=children)]
    if who.kind == PostKind.GRID_WORKER:
        return [
            NavItem(_("我的网格"), "/desk/grids/", "map-pin", current == "grids"),
            NavItem(_("风险户"), "/desk/households/", "home", current == "households"),
        ]
    return []


def _own(who: Who, current: str) -> list[NavItem]:
    """What an administrator keeps; officers look up their people at the foot of the navigation."""
    entries = _OWN.get(who.kind, ())
    if who.kind in OFFICERS:
        entries = _AFFAIRS[1:] if who.kind in people.READERS else _AFFAIRS[2:]
    place: Place = "foot" if who.kind in OFFICERS else "main"
    return [
        NavItem(_(title), f"/desk/{plural}/", icon, current == plural, place=place)
        for title, plural, icon in entries
    ]
