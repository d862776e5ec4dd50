"""The administrative divisions as this installation has them, level by level."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fengsui.platform.regions.queries import ancestors, children
from fengsui.platform.who import PostKind
from fengsui.web.desk.shell import shell
from fengsui.web.doors import door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.ui.shapes import Crumb, Empty
from fengsui.web.ui.table import Cell, Column, Group, Pager, Row, Table


@door({PostKind.SYSTEM_ADMIN})
@require_GET
def regions(request: Request) -> HttpResponse:
    """The divisions right under one; without a code the uppermost ones."""
    code = request.GET.get("of", "")
    above = ancestors(code) if code else []
    if code and not above:
        raise Http404
    address = reverse("desk:regions")
    rows = [
        Row([Cell(row.name, f"{address}?of={row.code}"), Cell(row.code, code=True), Cell(row.kind)])
        for row in children(code)
    ]
    columns = [Column(_("名称")), Column(_("代码"), width="l"), Column(_("类型"), width="m")]
    empty = Empty(_("没有下级区划"), _("用 fengsui import regions 载入区划表。"), icon="map-pin")
    context = {
        "shell": shell(request, "regions"),
        "title": above[-1].name if above else _("区划"),
        "crumbs": [Crumb(_("区划"), address)]
        + [Crumb(row.name, f"{address}?of={row.code}") for row in above[:-1]],
        "table": Table(_("区划"), columns, [Group(rows)], Pager(len(rows)), empty),
    }
    return page(request, "desk/list.html", context)
