from django.db.models import QuerySet

from fengsui.platform.regions.models import within
from fengsui.platform.who import OFFICERS, PostKind, Who
from fengsui.registry.grids.lifecycle import AssignmentState
from fengsui.registry.grids.models import Assignment, Grid, Household


def _walked(who: Who) -> QuerySet[Assignment]:
    """Where a post walks now. A deputy walks the grids of the post he fills."""
    return Assignment.objects.filter(
        post__in=[who.post_id] if who.post_id else [], state=AssignmentState.SERVING
    )


def grids_for(who: Who) -> QuerySet[Grid]:
    """Officers see the grids of their region, a grid worker those he walks, the clock all."""
    if who.kind in OFFICERS:
        return Grid.objects.filter(within(who.region))
    if who.kind == PostKind.GRID_WORKER:
        return Grid.objects.filter(id__in=_walked(who).values("grid"))
    return Grid.objects.all() if who.kind == PostKind.CLOCK else Grid.objects.none()


def assignments_for(who: Who) -> QuerySet[Assignment]:
    """Officers see who walks the grids of their region, a grid worker where he walks and walked."""
    if who.kind in OFFICERS:
        return Assignment.objects.filter(within(who.region, "grid__region"))
    if who.kind == PostKind.GRID_WORKER:
        return Assignment.objects.filter(post__in=[who.post_id] if who.post_id else [])
    return Assignment.objects.all() if who.kind == PostKind.CLOCK else Assignment.objects.none()


def households_for(who: Who) -> QuerySet[Household]:
    """Officers see the households of their region, a grid worker those of the grids he walks.

    Nobody else sees any, the clock included: nothing about them happens by itself.
    """
    if who.kind in OFFICERS:
        return Household.objects.filter(within(who.region))
    if who.kind == PostKind.GRID_WORKER:
        return Household.objects.filter(grid__in=_walked(who).values("grid"))
    return Household.objects.none()
