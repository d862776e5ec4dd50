"""What happens to papers, to their numbers, and to a unit's confirmation of electronic service."""

from fengsui.platform.documents.actions.confirmations import (
    CONFIRMATIONS,
    Confirming,
    Lapsed,
    confirm_delivery,
    lapse_confirmation,
    reveal_confirmation,
    withdraw_confirmation,
)
from fengsui.platform.documents.actions.papers import (
    DOCUMENTS,
    MODE_TITLES,
    NUMBER_BLOCKS,
    Delivered,
    Reason,
    Serving,
    Wanted,
    annul,
    return_block,
    serve,
    take_block,
)

__all__ = [
    "CONFIRMATIONS",
    "DOCUMENTS",
    "MODE_TITLES",
    "NUMBER_BLOCKS",
    "Confirming",
    "Delivered",
    "Lapsed",
    "Reason",
    "Serving",
    "Wanted",
    "annul",
    "confirm_delivery",
    "lapse_confirmation",
    "return_block",
    "reveal_confirmation",
    "serve",
    "take_block",
    "withdraw_confirmation",
]
