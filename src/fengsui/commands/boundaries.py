"""Outlines of divisions from a GeoJSON file, read wholly or not at all."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fengsui.kernel.refusal import Refusal
from fengsui.platform.regions.models import CODE_LENGTH
from fengsui.platform.regions.queries import names
from fengsui.platform.regions.store import replace_boundaries

_CODES = ("code", "adcode", "region")
_CODE_LENGTHS = (6, 9, CODE_LENGTH)
_DEPTHS = {"Polygon": 1, "MultiPolygon": 2}
_CORNERS = 4  # of the smallest closed ring
_REACH = (180, 90)


def load(path: Path, source: str) -> int:
    """Add or exchange outlines; how many. Refuses `boundaries-invalid` with the feature and why."""
    outlines = read(path)
    known = names(set(outlines))
    for number, code in enumerate(outlines, start=1):
        if code not in known:
            raise _wrong(number, f"区划 {code} 不在区划表里，请先用 fengsui import regions 载入")
    return replace_boundaries(outlines, source, datetime.now(UTC))


def read(path: Path) -> dict[str, Mapping[str, Any]]:
    """Code → geometry of every feature, all of them right. Refuses `boundaries-invalid`."""
    outlines: dict[str, Mapping[str, Any]] = {}
    for number, feature in enumerate(_features(path), start=1):
        for problem in _problems(feature):
            raise _wrong(number, problem)
        code = _code(feature).ljust(CODE_LENGTH, "0")
        if code in outlines:
            raise _wrong(number, f"区划 {code} 与前面的重复")
        outlines[code] = feature["geometry"]
    return outlines


def _features(path: Path) -> list[Any]:
    try:
        said = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        raise _wrong(0, f"读不出来，应当是 UTF-8 编码的 GeoJSON（{error}）") from error
    found = said.get("features") if isinstance(said, dict) else None
    if not isinstance(found, list) or said.get("type") != "FeatureCollection":
        raise _wrong(0, "应当是 GeoJSON 的 FeatureCollection")
    if not found:
        raise _wrong(0, "里面没有要素")
    return found


def _problems(feature: Any) -> Iterator[str]:
    """What is wrong with a feature; the first one is said."""
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        yield "没有属性（properties）"
        return
    code = _code(feature)
    if len(code) not in _CODE_LENGTHS or not (code.isascii() and code.isdigit()):
        yield f"属性 {'、'.join(_CODES)} 里没有区划代码（6、9 或 12 位数字）"
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict) or geometry.get("type") not in _DEPTHS:
        yield "图形应当是 Polygon 或 MultiPolygon"
        return
    depth = _DEPTHS[geometry["type"]]
    if not all(_is_ring(ring) for ring in _rings(geometry.get("coordinates"), depth)):
        yield "图形的环应当首尾相接、不少于四个点，经度在前、纬度在后（WGS 84）"


def _code(feature: Mapping[str, Any]) -> str:
    return next((str(feature["properties"][n]) for n in _CODES if n in feature["properties"]), "")


def _rings(part: Any, depth: int) -> Iterator[Any]:
    if not isinstance(part, list) or not part:
        yield None
    elif depth == 1:
        yield from part
    else:
        for inner in part:
            yield from _rings(inner, depth - 1)


def _is_ring(ring: Any) -> bool:
    if not isinstance(ring, list) or len(ring) < _CORNERS or ring[0] != ring[-1]:
        return False
    return all(_is_position(point) for point in ring)


def _is_position(point: Any) -> bool:
    return (
        isinstance(point, list)
        and len(point) >= len(_REACH)
        and all(
            isinstance(value, int | float) and abs(value) <= most
            for value, most in zip(point, _REACH, strict=False)
        )
    )


def _wrong(number: int, problem: str) -> Refusal:
    place = f"第 {number} 个要素" if number else ""
    return Refusal("boundaries-invalid", place=place, problem=problem)
