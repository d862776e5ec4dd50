"""P6 for the map: a view of a county with 200,000 premises against one of a county with 1,000."""

import time
from collections.abc import Iterator
from functools import partial
from random import Random

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.rounds import SHORT, Line, Size, measure
from fengsui.insight.ground import store
from fengsui.insight.ground.grid import Box
from fengsui.insight.ground.queries import Wish, view
from fengsui.kernel.ids import new_id
from fengsui.platform.who import Who
from fengsui.registry.models import Premises
from tests import make

_FEW, _MANY, _BATCH = 1_000, 200_000, 5_000
# West, south; both counties' views are of one size.
_COUNTIES = {_FEW: ("150502", 122.0, 43.5), _MANY: ("150523", 121.0, 43.5)}
_VIEWS = {"county": (0.8, 9), "town": (0.1, 12), "street": (0.01, 15)}


def figures(size: Size) -> Iterator[Line]:
    """One line a size of the view, with the same number of queries on both sides."""
    few, many = _county(_FEW), _county(_MANY if size != SHORT else _MANY // 50)
    for title, (width, zoom) in _VIEWS.items():
        small, large = (_box(side, width) for side in (_FEW, _MANY))
        asked = [_queries(few, small, zoom), _queries(many, large, zoom)]
        assert max(asked) <= 2, asked
        yield measure(
            f"map, view of a {title}", "1,000 premises",
            partial(_look, many, large, zoom), partial(_look, few, small, zoom), size,
        )  # fmt: skip


def _county(count: int) -> Who:
    """An officer of a county with so many premises, scattered by a fixed seed."""
    code, west, south = _COUNTIES[_FEW if count == _FEW else _MANY]
    brigade = make.organisation(region=f"{code}000000")
    unit = make.organisation(kind="unit", region=f"{code}001000")
    random = Random(count)
    for begun in range(0, count, _BATCH):
        rows = [
            Premises(
                name=f"店{n}", region=f"{code}001000", address=f"街{n}", unit=unit, brigade=brigade,
                premises_class=("small", "ordinary", "key")[n % 3], responsible_name="赵",
                latitude=south + random.random() * 0.8, longitude=west + random.random() * 0.8,
                state="registered", moved_at=make.NOON, entry_id=new_id(),
            )
            for n in range(begun, min(begun + _BATCH, count))
        ]  # fmt: skip
        Premises.objects.bulk_create(rows)
        store.place([row.id for row in rows])
    return make.who(organisation=brigade)


def _box(side: int, width: float) -> Box:
    _code, west, south = _COUNTIES[side]
    return Box(west, south, west + width, south + width)


def _look(who: Who, box: Box, zoom: int) -> float:
    start = time.perf_counter()
    view(who, box, zoom, Wish())
    return time.perf_counter() - start


def _queries(who: Who, box: Box, zoom: int) -> int:
    with CaptureQueriesContext(connection) as asked:
        view(who, box, zoom, Wish())
    return len(asked)
