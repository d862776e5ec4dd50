"""By what grids are found. Households are found by their grid alone: no index holds them."""

from fengsui.platform.search.declared import Found, found_by
from fengsui.registry.grids.models import Grid


def _grid(grid: Grid) -> Found:
    return Found(names=(grid.name, grid.number), texts=(grid.place,), regions=(grid.region,))


GRIDS_FOUND_BY = found_by(_grid, "name", "number", "place", "region")
