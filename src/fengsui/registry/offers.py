"""Rows that the register's forms offer."""

from collections.abc import Mapping, Sequence
from typing import Any

from fengsui.platform.questions import Choice
from fengsui.platform.records import Record
from fengsui.platform.regions.queries import below
from fengsui.platform.who import Who


def regions(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """Townships, subdistricts, villages and communities inside the reach of a post."""
    return [Choice(region.code, region.name) for region in below(who.region)]
