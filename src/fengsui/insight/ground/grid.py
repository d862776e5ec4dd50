"""The grid: square cells of the Web Mercator plane, numbered so that a cell's parts stand together.

A cell number interleaves the bits of column and row (Morton order): the cell above is the number
shifted by two bits, and all that lies in a cell is one range of numbers at the deepest level.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

DEEPEST = 18
COARSEST = 4
# Cells of one view: with four classes and a border or two among them, fewer than 500 rows.
MOST_CELLS = 64
_MERCATOR_EDGE = 85.05112878


@dataclass(frozen=True, slots=True)
class Box:
    """A view in degrees of WGS 84."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def read(cls, text: str) -> "Box | None":
        """`west,south,east,north`; None when it is none."""
        try:
            west, south, east, north = map(float, text.split(","))
        except ValueError:
            return None
        good = -180 <= west < east <= 180 and -90 <= south < north <= 90
        return cls(west, south, east, north) if good else None


def deepest_cell(latitude: float, longitude: float) -> int:
    return morton(*_tile(latitude, longitude, DEEPEST))


def above(cell: int, level: int) -> int:
    """The cell of `level` that a deepest cell lies in."""
    return cell >> 2 * (DEEPEST - level)


def inside(cell: int, level: int) -> tuple[int, int]:
    """The deepest cells of a cell: first, and the first beyond."""
    shift = 2 * (DEEPEST - level)
    return cell << shift, (cell + 1) << shift


def level_for(box: Box, zoom: int) -> int:
    """The level to count by: finer as one looks closer, never more cells than a view may have."""
    wanted = min(max(zoom + 1, COARSEST), DEEPEST)
    return next(
        (level for level in range(wanted, COARSEST, -1) if _size(box, level) <= MOST_CELLS),
        COARSEST,
    )


def cells(box: Box, level: int) -> list[int]:
    """The cells of a level that a box touches."""
    return list(_cells(box, level))


def _cells(box: Box, level: int) -> Iterator[int]:
    left, top, right, bottom = _edges(box, level)
    for column in range(left, right + 1):
        for row in range(top, bottom + 1):
            yield morton(column, row)


def _size(box: Box, level: int) -> int:
    left, top, right, bottom = _edges(box, level)
    return (right - left + 1) * (bottom - top + 1)


def _edges(box: Box, level: int) -> tuple[int, int, int, int]:
    return *_tile(box.north, box.west, level), *_tile(box.south, box.east, level)


def _tile(latitude: float, longitude: float, level: int) -> tuple[int, int]:
    """Column and row as web maps count them (EPSG:3857, origin north-west)."""
    size = 1 << level
    sine = math.sin(math.radians(max(-_MERCATOR_EDGE, min(_MERCATOR_EDGE, latitude))))
    across = (longitude + 180) / 360
    down = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return min(int(across * size), size - 1), min(max(int(down * size), 0), size - 1)


def morton(column: int, row: int) -> int:
    return _spread(column) | _spread(row) << 1


def _spread(number: int) -> int:
    """Bits apart: 0b11 → 0b0101."""
    return sum((number >> place & 1) << 2 * place for place in range(DEEPEST))
