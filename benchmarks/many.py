"""`perform_many` a row, for information: how the cost of an import falls with the size of its batches."""

import time
from collections.abc import Iterator
from functools import partial
from itertools import count
from typing import Any

from benchmarks.rounds import Line, Size, measure
from fengsui.platform.actions import perform, perform_many
from fengsui.registry.actions import Facts, register_premises
from tests import make

SINGLE = "one by one"
_numbers = count(1)


def figures(size: Size) -> Iterator[Line]:
    """Milliseconds a row in batches of 50 and 500, against one `perform` a row."""
    team = make.Team()
    make.region()
    once = Size(size.rounds, 1)
    for rows in (50, 500) if size.times > 1 else (2,):
        title = f"登记场所，每批 {rows} 行"
        yield measure(title, SINGLE, partial(_batch, team, rows), partial(_singly, team), once)


def _facts() -> Facts:
    return Facts(
        name=f"云岭商务酒店{next(_numbers)}",
        region="150502001000",
        address="建国路 118 号",
        kind="宾馆",
        rooms=80,
        not_duplicate=True,
        responsible_name="赵国庆",
    )


def _batch(team: Any, rows: int) -> float:
    wanted = [(None, _facts()) for _ in range(rows)]
    start = time.perf_counter()
    perform_many(register_premises, wanted, make.call(team.lead))
    return (time.perf_counter() - start) / rows


def _singly(team: Any) -> float:
    start = time.perf_counter()
    for _ in range(20):
        perform(register_premises, None, make.call(team.lead), _facts())
    return (time.perf_counter() - start) / 20
