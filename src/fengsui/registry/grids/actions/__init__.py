"""The only writer of grids, assignments and households."""

from fengsui.registry.grids.actions.assignments import ASSIGNMENTS, assign_worker, end_assignment
from fengsui.registry.grids.actions.changes import merge_grids, retire_grid, split_grid
from fengsui.registry.grids.actions.consents import record_consent, withdraw_consent
from fengsui.registry.grids.actions.grids import (
    GRIDS,
    correct_grid,
    enter_grid,
    open_grid,
    rename_grid,
)
from fengsui.registry.grids.actions.households import (
    HOUSEHOLDS,
    amend_household,
    close_household,
    enter_household,
    move_household,
    register_household,
    reveal_household,
)

__all__ = [
    "ASSIGNMENTS",
    "GRIDS",
    "HOUSEHOLDS",
    "amend_household",
    "assign_worker",
    "close_household",
    "correct_grid",
    "end_assignment",
    "enter_grid",
    "enter_household",
    "merge_grids",
    "move_household",
    "open_grid",
    "record_consent",
    "register_household",
    "rename_grid",
    "retire_grid",
    "reveal_household",
    "split_grid",
    "withdraw_consent",
]
