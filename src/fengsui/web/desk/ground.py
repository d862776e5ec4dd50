"""The map of premises and the quality of the register."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fengsui.insight.ground.models import Place
from fengsui.insight.ground.queries import (
    CAP,
    PAGE_SIZE,
    CountyLine,
    Wish,
    counties,
    doubt_counts,
    doubtful,
    stale_before,
)
from fengsui.insight.ground.rules import DOUBTFUL, MISSING, TITLES, Doubt
from fengsui.platform.regions.queries import names, outlines_from
from fengsui.platform.who import REGISTRARS, PostKind
from fengsui.registry.actions import ask_correction
from fengsui.registry.lifecycle import CLASS_TITLES, PremisesClass
from fengsui.registry.models import Premises
from fengsui.web.desk.actor import actor
from fengsui.web.desk.shell import shell
from fengsui.web.doors import SUPERVISION, door
from fengsui.web.entry.middleware import Request
from fengsui.web.pages import page
from fengsui.web.policy import with_tiles
from fengsui.web.ui.fields import Choice, Field
from fengsui.web.ui.gcj02 import gcj02
from fengsui.web.ui.shapes import ActionLink, Crumb, Empty, TagWord
from fengsui.web.ui.table import Cell, Column, Group, Pager, Row, Table

KEEPERS = frozenset({*REGISTRARS, PostKind.DETACHMENT_LEADER})


def tiles() -> dict[str, str]:
    """What the settings say of tiles, of which nothing is needed; and where the outlines come from."""
    return {
        "outlines": outlines_from(),
        "tiles": settings.MAP_TILES,
        "credit": settings.MAP_CREDIT,
        "gcj02": "1" if settings.MAP_TILES and settings.MAP_GCJ02 else "",
    }


@door(SUPERVISION)
@require_GET
def premises_map(request: Request) -> HttpResponse:
    """Where premises lie: clusters on our own outlines, the counties as a table without JavaScript."""
    who, wish = actor(request), _wish(request.GET)
    lines = counties(who, wish)
    context = {
        "shell": shell(request, "premises"),
        "crumbs": [
            Crumb(_("监督管理")), Crumb(_("监管对象"), reverse("desk:premises")), Crumb(_("地图")),
        ],
        "fields": _filters(wish),
        "wish": _kept(wish),
        "tiles": tiles(),
        "table": _counties(lines, names({line.county for line in lines}), wish),
    }  # fmt: skip
    return with_tiles(page(request, "desk/map.html", context))


def _wish(address: Mapping[str, str]) -> Wish:
    wanted = address.get("class", "")
    known = wanted if wanted in set(PremisesClass) else ""
    return Wish(known, hazardous=address.get("hazards", "") == "open")


def _kept(wish: Wish) -> str:
    said = {"class": wish.premises_class, "hazards": "open" if wish.hazardous else ""}
    return urlencode({name: value for name, value in said.items() if value})


def _filters(wish: Wish) -> list[Field]:
    classes = [Choice(kind.value, _(title)) for kind, title in CLASS_TITLES.items()]
    hazards = [Choice("open", _("有未销案隐患"))]
    return [
        Field(
            "class", _("类别"), "select", wish.premises_class, choices=classes, prompt=_("全部"), width="m"
        ),
        Field(
            "hazards", _("隐患"), "select", "open" if wish.hazardous else "",
            choices=hazards, prompt=_("不限"), width="m",
        ),
    ]  # fmt: skip


def _counties(lines: list[CountyLine], called: Mapping[str, str], wish: Wish) -> Table:
    columns = [
        Column(_("旗县市区")),
        Column(_("场所"), width="s", number=True),
        Column(_("有未销案隐患"), width="m", number=True),
        Column(_("在图上"), width="s", number=True),
    ]
    rows = [
        Row(
            [
                Cell(called.get(line.county, line.county)),
                Cell(f"{line.premises:,}"),
                Cell(f"{line.hazardous:,}"),
                Cell(f"{line.placed:,}"),
            ]
        )
        for line in lines
    ]
    empty = Empty(
        _("还没有统计"),
        _("场所登记后由后台统计到这里；单位管理人请看左侧“监管对象”的列表。"),
        icon="map",
    )
    return Table(_("各旗县的场所"), columns, [Group(rows)], Pager(len(rows)), empty)


@dataclass(frozen=True)
class PlaceLinks:
    """A place for other programs: WGS 84 in a geo URI, shifted only for a Chinese map."""

    geo: str
    amap: str


def links_to(record: Premises) -> PlaceLinks | None:
    """Ways from the page to a map application; None without coordinates."""
    if record.latitude is None or record.longitude is None:
        return None
    east, north = gcj02(record.longitude, record.latitude)
    asked = {"position": f"{east:.6f},{north:.6f}", "name": record.name, "coordinate": "gaode"}
    return PlaceLinks(
        f"geo:{record.latitude:.6f},{record.longitude:.6f}",
        f"https://uri.amap.com/marker?{urlencode(asked)}",
    )


@dataclass(frozen=True)
class Tile:
    """A doubt with how many have it."""

    title: str
    count: str
    url: str
    current: bool


@door(KEEPERS)
@require_GET
def quality(request: Request) -> HttpResponse:
    """What is missing, stale or doubtful in the register, with the way to have it put right."""
    who, now = actor(request), timezone.now()
    counts = doubt_counts(who, now)
    wanted = request.GET.get("kind", "")
    kind = Doubt(wanted) if wanted in set(Doubt) else _first(counts)
    found = doubtful(who, kind, now, request.GET.get("after", ""))
    context = {
        "shell": shell(request, "premises"),
        "crumbs": [
            Crumb(_("监督管理")), Crumb(_("监管对象"), reverse("desk:premises")), Crumb(_("数据质量")),
        ],
        "groups": [
            (_("缺项"), _tiles(MISSING, counts, kind)),
            (_("存疑"), _tiles(DOUBTFUL, counts, kind)),
            (_("陈旧"), _tiles((Doubt.STALE,), counts, kind)),
        ],
        "title": _(TITLES[kind]),
        "stale_note": _("自 {day} 以来既未更正登记也未到场检查").format(
            day=timezone.localtime(stale_before(now)).date().isoformat()
        )
        if kind is Doubt.STALE
        else "",
        "table": _listed(found, kind, names({place.region for place in found})),
    }  # fmt: skip
    return page(request, "desk/quality.html", context)


def _first(counts: Mapping[Doubt, int]) -> Doubt:
    """What is opened unasked: the first doubt that somebody has."""
    return next((kind for kind in Doubt if counts.get(kind)), Doubt.NO_PLACE)


def _tiles(kinds: tuple[Doubt, ...], counts: Mapping[Doubt, int], current: Doubt) -> list[Tile]:
    return [
        Tile(_(TITLES[kind]), _shown(kind, counts.get(kind, 0)), f"?kind={kind}", kind is current)
        for kind in kinds
    ]


def _shown(kind: Doubt, count: int) -> str:
    return f"{CAP - 1}+" if kind is Doubt.STALE and count >= CAP else f"{count:,}"


def _listed(found: list[Place], kind: Doubt, called: Mapping[str, str]) -> Table:
    columns = [
        Column(_("单位名称")),
        Column(_("类别"), width="m"),
        Column(_("所在"), width="m"),
        Column(_("最近更新或检查"), width="m"),
        Column(_("办理"), width="m", hidden_title=True),
    ]
    rows = [
        Row(
            [
                Cell(
                    place.premises.name,
                    reverse("desk:premises-page", args=[place.pk]),
                    place.premises.address,
                ),
                Cell(tags=[TagWord(_(place.premises.class_title))]),
                Cell(called.get(place.region, place.region)),
                Cell(timezone.localtime(place.seen_at).date().isoformat()),
                Cell(action=_asking(place)),
            ]
        )
        for place in found
    ]
    more = f"?kind={kind}&after={found[-1].pk}" if len(found) == PAGE_SIZE else ""
    empty = Empty(_("没有这类问题"), _("登记资料有变动时，这里随之更新。"), icon="circle-check")
    pager = Pager(shown=len(found), next_url=more)
    return Table(_(TITLES[kind]), columns, [Group(rows)], pager, empty)


def _asking(place: Place) -> ActionLink:
    address = reverse("desk:act", args=[ask_correction.what, place.pk])
    return ActionLink(_("要求更正"), address, look="line")
