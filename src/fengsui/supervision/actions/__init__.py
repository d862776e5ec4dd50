"""The only writer of visits and hazards: one module for each stretch of the loop."""

from fengsui.supervision.actions import (
    hazard,
    inspection,
    planning,
    reinspection,
    revocation,
    settlement,
)

__all__ = ["hazard", "inspection", "planning", "reinspection", "revocation", "settlement"]
