from django.db.models import QuerySet

from fengsui.insight.ground.models import CellCount, DoubtCount, Doubtful, Place
from fengsui.platform.regions.models import COUNTY_DIGITS, prefix_of, within
from fengsui.platform.who import OFFICERS, PostKind, Who
from fengsui.registry.access import premises_for


def counted_for(who: Who) -> bool:
    """Do the kept counts answer for this post? They hold whole counties, so for officers of those."""
    return who.kind in OFFICERS and len(prefix_of(who.region)) <= COUNTY_DIGITS


def cells_for(who: Who) -> QuerySet[CellCount]:
    """Officers of a county or more see its cells; nobody else sees a count of others' premises."""
    if not counted_for(who):
        return CellCount.objects.none()
    return CellCount.objects.filter(within(who.region, "county"))


def doubt_counts_for(who: Who) -> QuerySet[DoubtCount]:
    if not counted_for(who):
        return DoubtCount.objects.none()
    return DoubtCount.objects.filter(within(who.region, "county"))


def places_for(who: Who) -> QuerySet[Place]:
    """Exactly the premises that a post may see."""
    if who.kind in OFFICERS or who.kind == PostKind.GRID_WORKER:
        return Place.objects.filter(within(who.region))
    if who.kind == PostKind.PREMISES_MANAGER:
        return Place.objects.filter(premises__in=premises_for(who).values("id"))
    return Place.objects.none()


def doubtful_for(who: Who) -> QuerySet[Doubtful]:
    if who.kind in OFFICERS:
        return Doubtful.objects.filter(within(who.region))
    return Doubtful.objects.none()
