"""The lists people work from: premises, visits, hazards; filtered, sorted, saved, exported."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fengsui.platform.accounts.queries import colleagues
from fengsui.platform.regions.queries import names
from fengsui.platform.who import OFFICERS, Who
from fengsui.registry import queries as register
from fengsui.registry.actions import PREMISES_TYPE
from fengsui.registry.lifecycle import CLASS_TITLES, PREMISES
from fengsui.supervision import queries
from fengsui.supervision.lifecycle import DISPOSAL_TITLES, HAZARD, INSPECTION, KIND_TITLES
from fengsui.web.desk import ground, lists
from fengsui.web.desk.actor import actor
from fengsui.web.desk.exporting import export
from fengsui.web.desk.filtering import Asked, above
from fengsui.web.desk.generic import beside, creations
from fengsui.web.desk.shell import shell
from fengsui.web.doors import SUPERVISION, door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.ui.shapes import ActionLink

_FLAGS = (("public_assembly", "公众聚集场所"), ("crowded", "人员密集场所"))


@door(SUPERVISION)
@require_GET
def premises(request: Request) -> HttpResponse:
    """The register within reach."""
    who, asked = actor(request), Asked(request)
    found = asked.page(register.premises_listed(who, asked.said), register.SORTABLE)
    filters = [
        asked.search(_("名称、地址、拼音")),
        asked.region(who),
        asked.choice("class", _("类别"), CLASS_TITLES.items()),
        asked.choice("flag", _("标记"), _FLAGS),
        asked.choice("state", _("状态"), [(s, PREMISES.title(s)) for s in PREMISES.states]),
    ]
    regions = names({row.region for row in found.rows})
    context = {
        "shell": shell(request, "premises"),
        "title": _("监管对象"),
        "creations": creations(PREMISES_TYPE, who),
        "beside": [*_beside(who), *beside(PREMISES_TYPE, who)],
        "export": export("premises", who, asked.conditions()),
        "table": lists.premises(found.rows, regions, asked.pager(found), request.GET),
        **above(request, asked, "premises", filters),
    }
    return page(request, "desk/list.html", context)


def _beside(who: Who) -> list[ActionLink]:
    """Other ways to look at the register."""
    shown = [ActionLink(_("地图"), reverse("desk:premises-map"), icon="map")]
    if who.kind in OFFICERS:
        shown.append(ActionLink(_("按区划"), reverse("desk:distribution")))
    if who.kind in ground.KEEPERS:
        shown.append(ActionLink(_("数据质量"), reverse("desk:quality"), icon="circle-check"))
    return shown


@door(SUPERVISION)
@require_GET
def inspections(request: Request) -> HttpResponse:
    """Visits within reach."""
    who, asked = actor(request), Asked(request)
    found = asked.page(queries.inspections_listed(who, asked.said))
    filters = [
        asked.search(_("编号、场所、拼音")),
        asked.region(who),
        asked.choice("kind", _("形式"), KIND_TITLES.items()),
        asked.choice("state", _("状态"), [(s, INSPECTION.title(s)) for s in INSPECTION.states]),
        asked.choice("officer", _("检查人员"), colleagues(who)),
        asked.day("from", _("计划日期自")),
        asked.day("to", _("至")),
    ]
    context = {
        "shell": shell(request, "inspections"),
        "title": _("监督检查"),
        "table": lists.inspections(found.rows, asked.pager(found)),
        **above(request, asked, "inspections", filters),
    }
    return page(request, "desk/list.html", context)


@door(SUPERVISION)
@require_GET
def hazards(request: Request) -> HttpResponse:
    """Hazards within reach."""
    who, asked = actor(request), Asked(request)
    found = asked.page(queries.hazards_listed(who, asked.said), queries.HAZARDS_SORTABLE)
    filters = [
        asked.search(_("编号、隐患、场所、拼音")),
        asked.region(who),
        asked.choice("state", _("状态"), [(s, HAZARD.title(s)) for s in HAZARD.states]),
        asked.choice("disposal", _("处理"), DISPOSAL_TITLES.items()),
        asked.day("from", _("改正期限自")),
        asked.day("to", _("至")),
    ]
    context = {
        "shell": shell(request, "hazards"),
        "title": _("火灾隐患"),
        "export": export("hazards", who, asked.conditions()),
        "table": lists.hazards(found.rows, asked.pager(found), request.GET),
        **above(request, asked, "hazards", filters),
    }
    return page(request, "desk/list.html", context)
