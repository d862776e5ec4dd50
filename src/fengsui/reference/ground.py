"""Where the invented premises stand: each near the invented middle of its township, all inside the
outline of their county."""

import json
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from random import Random
from typing import Any

from fengsui.insight.ground.rules import lies_in

_OUTLINES = Path(__file__).parent / "data" / "boundaries.geojson"
# The development zone has no outline: its premises stand to the south-east of the city's centre.
_WITHOUT = {"150571": ("150502", 0.045, -0.035)}
_TOWN, _TOWNSHIP, _ZONE = 0.02, 0.35, 0.012  # degrees from the seat of the county
_NEAR = 0.012  # degrees from the middle of the township
_IN_TOWN = "100"  # codes of subdistricts are below it, in the three digits of a township
# 居民委员会 are numbered from 001, 类似居委会 from 400 (统计用区划代码).
_COMMUNITIES = (("001", "199"), ("400", "499"))
Spot = tuple[float, float]


def in_town(region: str) -> bool:
    """Is a village-level division a community of townspeople?"""
    return any(least <= region[9:] <= most for least, most in _COMMUNITIES)


@cache
def _counties() -> Mapping[str, Mapping[str, Any]]:
    found = json.loads(_OUTLINES.read_text("utf-8"))["features"]
    return {feature["properties"]["adcode"]: feature for feature in found}


def spot(seed: str, region: str) -> Spot:
    """Latitude and longitude for a premises of a region; the same for the same seed."""
    north, east = _middle(seed.partition("/")[0], region[:9])
    return _inside(Random(f"{seed}/{region}"), region[:6], north, east, _NEAR)  # noqa: S311  invents places, guards nothing


@lru_cache(maxsize=512)
def _middle(seed: str, township: str) -> Spot:
    county, east, north = _WITHOUT.get(township[:6], (township[:6], 0.0, 0.0))
    longitude, latitude = _counties()[county]["properties"]["cp"]
    spread = _TOWN if township[6:] < _IN_TOWN else _TOWNSHIP
    spread = _ZONE if township[:6] in _WITHOUT else spread
    return _inside(Random(f"{seed}/{township}"), county, latitude + north, longitude + east, spread)  # noqa: S311  as above


def _inside(random: Random, county: str, north: float, east: float, spread: float) -> Spot:
    outline = _counties()[_WITHOUT.get(county, (county,))[0]]["geometry"]
    for up, right in _steps(random, spread):
        if lies_in(east + right, north + up, outline):
            return round(north + up, 6), round(east + right, 6)
    raise AssertionError  # the steps never end


def _steps(random: Random, spread: float) -> Iterator[Spot]:
    while True:
        yield random.gauss(0, spread), random.gauss(0, spread)
