"""Where the invented premises stand: most around their county's seat, all inside its outline."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from fengsui.insight.ground.rules import lies_in

_OUTLINES = Path(__file__).parent / "data" / "boundaries.geojson"
# The development zone has no outline: its premises stand to the south-east of the city's centre.
_WITHOUT = {"150571": ("150502", 0.045, -0.035)}
_NEAR = 0.02  # degrees: a town
_WIDE = 0.25  # degrees: the country around it
_IN_TOWN = 0.8


@cache
def _counties() -> Mapping[str, Mapping[str, Any]]:
    found = json.loads(_OUTLINES.read_text("utf-8"))["features"]
    return {feature["properties"]["adcode"]: feature for feature in found}


def spot(seed: str, region: str) -> tuple[float, float]:
    """Latitude and longitude for a premises of a region; the same for the same seed."""
    county, east, north = _WITHOUT.get(region[:6], (region[:6], 0.0, 0.0))
    feature = _counties()[county]
    longitude, latitude = feature["properties"]["cp"]
    for east_of, north_of in _steps(Random(f"{seed}/{region}")):  # noqa: S311  invents places, guards nothing
        x, y = longitude + east + east_of, latitude + north + north_of
        if lies_in(x, y, feature["geometry"]):
            return round(y, 6), round(x, 6)
    raise AssertionError  # the steps never end


def _steps(random: Random) -> Iterator[tuple[float, float]]:
    spread = _NEAR if random.random() < _IN_TOWN else _WIDE
    while True:
        yield random.gauss(0, spread), random.gauss(0, spread)
