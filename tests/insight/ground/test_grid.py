"""Cells against the published tile numbers of Web Mercator, and the bounds of a view."""

import pytest

from fengsui.insight.ground import grid

WORLD = grid.Box(-180, -90, 180, 90)


@pytest.mark.parametrize(
    ("latitude", "longitude", "level", "column", "row"),
    [
        # OpenStreetMap wiki, "Slippy map tilenames": Tokyo at zoom 18.
        (35.6590699, 139.7006793, 18, 232_798, 103_246),
        (0.1, 0.1, 1, 1, 0),
        (-0.1, -0.1, 1, 0, 1),
    ],
)
def test_a_place_lies_in_the_tile_that_web_maps_number_so(latitude, longitude, level, column, row):
    cell = grid.above(grid.deepest_cell(latitude, longitude), level)

    assert cell == grid.morton(column, row)


def test_all_that_lies_in_a_cell_is_one_range():
    cell = grid.deepest_cell(43.65, 122.24)

    for level in range(grid.COARSEST, grid.DEEPEST + 1):
        first, beyond = grid.inside(grid.above(cell, level), level)
        assert first <= cell < beyond


@pytest.mark.parametrize("zoom", [0, 5, 12, 22, 99])
@pytest.mark.parametrize(
    "box", [WORLD, grid.Box(118, 42, 124, 46), grid.Box(122.2, 43.6, 122.3, 43.7)]
)
def test_no_view_has_too_many_cells_whatever_zoom_is_claimed(box, zoom):
    level = grid.level_for(box, zoom)

    assert len(grid.cells(box, level)) <= grid.MOST_CELLS or level == grid.COARSEST


@pytest.mark.parametrize("text", ["", "1,2,3", "a,b,c,d", "10,0,5,1", "0,0,nan,1", "0,-91,1,1"])
def test_what_is_no_box_is_said_to_be_none(text):
    assert grid.Box.read(text) is None
