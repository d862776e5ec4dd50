"""What lies where: the premises of a view as clusters or points, and the outlines to draw."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from fengsui.api.callers import caller
from fengsui.api.shown import said
from fengsui.insight.ground.grid import Box
from fengsui.insight.ground.models import Place
from fengsui.insight.ground.queries import Cluster, Wish, labels, view
from fengsui.kernel.refusal import Refusal
from fengsui.platform.regions.queries import boundaries as outlines_of
from fengsui.platform.regions.queries import names
from fengsui.registry.lifecycle import PremisesClass

_MICRO = 1_000_000
_NUMBER, _TEXT = {"type": "number"}, {"type": "string"}
_LIST = {"type": "array", "items": {"type": "object"}}
VIEW = {
    "type": "object",
    "properties": {
        "total": {"type": "integer"},
        "more": {"type": "boolean"},
        "clusters": _LIST,
        "points": _LIST,
    },
    "required": ["total", "more", "clusters", "points"],
}
OUTLINES = {
    "type": "object",
    "properties": {"type": _TEXT, "caveat": _TEXT, "features": _LIST, "labels": _LIST},
    "required": ["type", "caveat", "features", "labels"],
}


def asked(name: str, description: str, *, required: bool = False) -> dict[str, Any]:
    """A parameter of an address, for the OpenAPI document."""
    return {
        "in": "query", "name": name, "required": required, "schema": _TEXT, "description": description,
    }  # fmt: skip


PARAMETERS = [
    asked("box", "视野：西,南,东,北（WGS 84 度）", required=True),
    asked("zoom", "缩放级别，0 到 22"),
    asked("class", "类别：" + "、".join(PremisesClass)),
    asked("hazards", "open：只看有未销案隐患的"),
]


def premises(request: HttpRequest) -> HttpResponse:
    """Clusters of the view, or the premises themselves when they are few.

    Refuses `box-unreadable`, `zoom-unreadable`, `unknown-class`.
    """
    found = Box.read(request.GET.get("box", ""))
    if found is None:
        raise Refusal("box-unreadable")
    zoom = request.GET.get("zoom", "0")
    if not (zoom.isascii() and zoom.isdigit() and len(zoom) <= len("22")):
        raise Refusal("zoom-unreadable")
    seen = view(caller(request), found, int(zoom), wish_of(request.GET))
    where = names({cluster.county for cluster in seen.clusters})
    return said(
        {
            "total": seen.total,
            "more": seen.more,
            "clusters": [_cluster(cluster, where) for cluster in seen.clusters],
            "points": [_point(place) for place in seen.points],
        }
    )


def wish_of(address: Mapping[str, str]) -> Wish:
    """The filters of an address. Refuses `unknown-class`."""
    wanted = address.get("class", "")
    if wanted and wanted not in set(PremisesClass):
        raise Refusal("unknown-class", given=wanted, known="、".join(PremisesClass))
    return Wish(wanted, hazardous=address.get("hazards", "") == "open")


def _cluster(cluster: Cluster, where: Mapping[str, str]) -> dict[str, object]:
    return {
        "count": cluster.count,
        "hazardous": cluster.hazardous,
        "latitude": cluster.latitude,
        "longitude": cluster.longitude,
        "where": where.get(cluster.county, cluster.county),
    }


def _point(place: Place) -> dict[str, object]:
    row = place.premises
    return {
        "id": row.id,
        "name": row.name,
        "address": row.address,
        "class": place.premises_class,
        "class_title": row.class_title,
        "open_hazards": place.open_hazards,
        "latitude": (place.north or 0) / _MICRO,
        "longitude": (place.east or 0) / _MICRO,
        "href": f"/api/v1/premises/{row.id}",
        "page": reverse("desk:premises-page", args=[row.id]),
    }


def boundaries(request: HttpRequest) -> HttpResponse:
    """The outlines of the counties in the caller's region; those without one stand where their premises do."""
    who = caller(request)
    rows = outlines_of(who.region) if who.region else []
    return said(
        {
            "type": "FeatureCollection",
            "caveat": _("示意边界，非权威界线"),
            "features": [
                {
                    "type": "Feature",
                    "properties": {"code": row.code, "source": row.source},
                    "geometry": row.geometry,
                }
                for row in rows
            ],
            "labels": [
                {"code": label.code, "name": label.name, "at": label.at, "outlined": label.outlined}
                for label in labels(who, rows)
            ],
        }
    )
