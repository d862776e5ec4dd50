"""Pure judgements on one entry of the register: what is missing, what is doubtful."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from fengsui.registry.rules import credit_code_problem


class Doubt(StrEnum):
    """What may be wrong with an entry; `STALE` is asked of the clock, the others are kept."""

    NO_PLACE = "no_place"
    NO_MANAGER = "no_manager"
    NO_PHONE = "no_phone"
    NO_CREDIT_CODE = "no_credit_code"
    NO_KIND = "no_kind"
    UNJUDGED = "unjudged"
    WRONG_CREDIT_CODE = "wrong_credit_code"
    ELSEWHERE = "elsewhere"
    TWIN = "twin"
    STALE = "stale"


MISSING = (
    Doubt.NO_PLACE, Doubt.NO_MANAGER, Doubt.NO_PHONE, Doubt.NO_CREDIT_CODE, Doubt.NO_KIND,
    Doubt.UNJUDGED,
)  # fmt: skip
DOUBTFUL = (Doubt.WRONG_CREDIT_CODE, Doubt.ELSEWHERE, Doubt.TWIN)
TITLES = {
    Doubt.NO_PLACE: "没有坐标",
    Doubt.NO_MANAGER: "没有消防安全管理人",
    Doubt.NO_PHONE: "没有联系电话",
    Doubt.NO_CREDIT_CODE: "没有统一社会信用代码",
    Doubt.NO_KIND: "场所种类不明",
    Doubt.UNJUDGED: "缺判定数据，类别待核定",
    Doubt.WRONG_CREDIT_CODE: "统一社会信用代码不对",
    Doubt.ELSEWHERE: "坐标不在所属旗县（按示意边界）",
    Doubt.TWIN: "同名同址，疑似重复",
    Doubt.STALE: "长期没有更新或检查",
}
# A ring of (longitude, latitude), the first point again at its end.
Ring = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the register says of one premises."""

    latitude: float | None
    longitude: float | None
    manager: bool
    phone: bool
    credit_code: str
    kind: str
    missing: bool


def doubts(facts: Facts, outline: Mapping[str, Any] | None) -> Iterator[Doubt]:
    """All that one entry shows by itself. Without an outline of its county the place is believed."""
    placed = facts.latitude is not None and facts.longitude is not None
    missing = {
        Doubt.NO_PLACE: not placed,
        Doubt.NO_MANAGER: not facts.manager,
        Doubt.NO_PHONE: not facts.phone,
        Doubt.NO_CREDIT_CODE: not facts.credit_code,
        Doubt.NO_KIND: not facts.kind,
        Doubt.UNJUDGED: bool(facts.kind) and facts.missing,
    }
    yield from (doubt for doubt, is_missing in missing.items() if is_missing)
    if facts.credit_code and credit_code_problem(facts.credit_code):
        yield Doubt.WRONG_CREDIT_CODE
    if facts.latitude is None or facts.longitude is None or outline is None:
        return
    if not lies_in(facts.longitude, facts.latitude, outline):
        yield Doubt.ELSEWHERE


def twin_key(county: str, name_key: str, address_key: str) -> str:
    """Equal for entries of one county that say the same name and address; empty where none is known."""
    if not name_key or not address_key:
        return ""
    return hashlib.sha256("\n".join((county, name_key, address_key)).encode()).hexdigest()[:32]


def lies_in(longitude: float, latitude: float, geometry: Mapping[str, Any]) -> bool:
    """Is a point inside a GeoJSON Polygon or MultiPolygon? Holes are outside."""
    parts = geometry["coordinates"]
    polygons = [parts] if geometry["type"] == "Polygon" else parts
    return any(_odd(longitude, latitude, rings) for rings in polygons)


def _odd(x: float, y: float, rings: Iterable[Ring]) -> bool:
    """A ray to the east crosses the rings an odd number of times."""
    return sum(_crossings(x, y, ring) for ring in rings) % 2 == 1


def _crossings(x: float, y: float, ring: Ring) -> int:
    return sum(
        (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
        for (x1, y1, *_), (x2, y2, *_) in pairwise(ring)
    )


def middle(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """The centroid of the largest outer ring: where a name is written."""
    parts = geometry["coordinates"]
    rings = [parts[0]] if geometry["type"] == "Polygon" else [rings[0] for rings in parts]
    area, x, y = max((_moments(ring) for ring in rings), key=lambda found: abs(found[0]))
    if not area:
        return float(rings[0][0][0]), float(rings[0][0][1])
    return round(x / area / 3, 6), round(y / area / 3, 6)


def _moments(ring: Ring) -> tuple[float, float, float]:
    """Twice the area, and three times the first moments (shoelace formula)."""
    area = x = y = 0.0
    for (x1, y1, *_), (x2, y2, *_) in pairwise(ring):
        cross = x1 * y2 - x2 * y1
        area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return area, x, y
