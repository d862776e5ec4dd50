"""How many premises there are where: by county, township and village, from kept counts."""

from collections import Counter
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fengsui.platform.counters.declared import Key
from fengsui.platform.counters.queries import counts
from fengsui.platform.regions.models import Region, prefix_of
from fengsui.platform.regions.queries import ancestors, children
from fengsui.platform.who import OFFICERS, Who
from fengsui.registry.actions import PREMISES_TYPE
from fengsui.registry.lifecycle import CLASS_TITLES, State
from fengsui.web.desk.actor import actor
from fengsui.web.desk.shell import shell
from fengsui.web.doors import door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.ui.shapes import Crumb, Empty
from fengsui.web.ui.table import Cell, Column, Group, Row, Table


@door(OFFICERS)
@require_GET
def premises(request: Request) -> HttpResponse:
    """The premises on register under one region, a row for each division right below it."""
    who = actor(request)
    code = request.GET.get("of", "") or who.region
    way = [row for row in ancestors(code) if row.code.startswith(prefix_of(who.region))]
    if not way and code == who.region:
        way = [Region(code=code, name=code)]  # an installation whose divisions are not loaded yet
    if not way:
        raise Http404
    context = {
        "shell": shell(request, "premises"),
        "title": _("{region}监管对象分布").format(region=way[-1].name),
        "crumbs": [
            Crumb(_("监管对象"), reverse("desk:premises")),
            *(Crumb(row.name, _below(row.code)) for row in way),
        ],
        "table": _table(way[-1], who),
    }
    return page(request, "desk/list.html", context)


def _table(region: Region, who: Who) -> Table:
    parts = [*children(region.code), region]
    found = counts(PREMISES_TYPE, [part.code for part in parts], region.code)
    classes = [_(title) for title in CLASS_TITLES.values()]
    columns = [Column(_("区划")), *(Column(title, number=True) for title in (*classes, _("合计")))]
    rows = [_row(part, found, deeper=part is not region) for part in parts]
    empty = Empty(_("没有下级区划"), icon="map-pin")
    groups = (
        [Group(rows[:-1]), Group(rows[-1:], title=_("合计"))] if len(rows) > 1 else [Group(rows)]
    )
    return Table(_("监管对象分布"), columns, groups, empty=empty)


def _row(region: Region, found: Counter[Key], *, deeper: bool) -> Row:
    numbers = {name: found[Key(region.code, name, State.REGISTERED)] for name in CLASS_TITLES}
    first = Cell(region.name, _below(region.code) if deeper else "")
    every = Cell(str(sum(numbers.values())), _listed(region.code, ""))
    cells = [Cell(str(number), _listed(region.code, name)) for name, number in numbers.items()]
    return Row([first, *cells, every])


def _below(code: str) -> str:
    return f"{reverse('desk:distribution')}?of={code}"


def _listed(code: str, name: str) -> str:
    """The list behind a number: every number can be walked down to its records."""
    said = {"region": code, "class": name, "state": State.REGISTERED.value}
    kept = {key: value for key, value in said.items() if value}
    return f"{reverse('desk:premises')}?{urlencode(kept)}"
