"""Whoever leaves the post of a grid worker walks no grid any more."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from fengsui.platform.actions import perform
from fengsui.platform.worklist.sweep import clock_call
from fengsui.registry.grids.actions import end_assignment
from fengsui.registry.grids.actions.grids import Why
from fengsui.registry.grids.queries import serving_by


def end_walks_when_a_post_ends(entry: Mapping[str, Any]) -> None:
    now = datetime.fromisoformat(entry["received_at"])
    for assignment in serving_by(UUID(entry["record"]["id"])):
        call = clock_call(f"{entry['id']}/{assignment.id}", now)
        perform(end_assignment, assignment.id, call, Why(reason="网格员离任"))


HANDLERS = {"post.end_post": end_walks_when_a_post_ends}
