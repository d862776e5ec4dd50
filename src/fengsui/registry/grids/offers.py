"""Rows that the forms of grids and households offer."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from fengsui.platform.questions import Choice
from fengsui.platform.records import Record
from fengsui.platform.regions.queries import villages
from fengsui.platform.rules import local_day
from fengsui.platform.who import Who
from fengsui.registry.grids import queries
from fengsui.registry.grids.models import Grid, Household
from fengsui.registry.grids.rules import TITLES


def places(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """The villages and communities inside the reach of a post."""
    return [Choice(code, name) for code, name in villages(who.region)]


def _choice(grid: Grid) -> Choice:
    return Choice(str(grid.id), str(grid), grid.place)


def _begun(who: Who, record: Record | None, said: Mapping[str, Any]) -> Grid | None:
    """The grid that a form starts from."""
    if isinstance(record, Grid):
        return record
    try:
        wanted = UUID(str(said.get("grid", "")))
    except ValueError:
        return None
    return next((grid for grid in queries.grids_offered(who) if grid.id == wanted), None)


def grid(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """The grid that the form began with, else those in reach."""
    begun = _begun(who, record, said)
    return [_choice(found) for found in ([begun] if begun else queries.grids_offered(who))]


def others_around(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """The grids of the same township, without the present one."""
    if not isinstance(record, Household):
        return []
    found = queries.grids_offered(who, record.region, record.grid_id)
    return [_choice(one) for one in found]


def neighbours(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """The other grids in use of the same village."""
    if not isinstance(record, Grid):
        return []
    return [Choice(str(one.id), str(one)) for one in queries.neighbours(who, record)]


def workers(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """Grid workers who may walk the grid and do not yet."""
    begun = _begun(who, record, said)
    posts = queries.workers_offered(begun) if begun else []
    return [Choice(str(post.id), post.user.name, post.organisation.name) for post in posts]


def kinds(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """The kinds of household at risk in force today."""
    return [Choice(kind, kind) for kind in queries.kinds(local_day(timezone.now()))]


def held(who: Who, record: Record | None, said: Mapping[str, Any]) -> Sequence[Choice]:
    """The personal fields of a household that hold something, masked."""
    if not isinstance(record, Household):
        return []
    return [Choice(name, TITLES[name], str(getattr(record, name))) for name in record.held]
