"""Whoever registers a household and whoever splits its grid do not pass each other by."""

import threading

import pytest
from django.db import connections

from fengsui.kernel.refusal import Refusal
from fengsui.platform.actions import perform
from fengsui.registry.grids.actions import split_grid
from fengsui.registry.grids.actions.changes import Split
from fengsui.registry.grids.models import Household
from tests.registry.grids.steps import Township, call

pytestmark = pytest.mark.django_db(transaction=True)
PARTS = {"01-1": "明仁东网格", "01-2": "明仁西网格"}


def together(*deeds):
    """Each in a thread of its own, at once; what each was refused with, or "" when it was done."""
    said, start = [""] * len(deeds), threading.Barrier(len(deeds))

    def run(place, deed):
        try:
            start.wait()
            deed()
        except Refusal as no:
            said[place] = no.code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


@pytest.mark.parametrize("turn", range(5))
def test_no_household_is_left_in_a_grid_that_ended_meanwhile(turn):
    town = Township()
    grid = town.grid("01")
    form = Split(parts=PARTS, reason="户数过多")

    registered, split = together(
        lambda: town.household(grid),
        lambda: perform(split_grid, grid.id, call(town.officer), form),
    )

    grid.refresh_from_db()
    assert (registered, split) in {("grid-retired", ""), ("", "households-unassigned")}
    assert Household.objects.filter(grid=grid).count() == (registered == "")
    assert grid.state == ("in_use" if split else "retired")
