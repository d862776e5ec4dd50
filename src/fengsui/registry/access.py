from django.db.models import QuerySet

from fengsui.platform.imports.access import counting
from fengsui.platform.regions.models import within
from fengsui.platform.who import OFFICERS, PostKind, Who
from fengsui.registry.models import Premises


def premises_for(who: Who) -> QuerySet[Premises]:
    """Officers and grid workers see their region, a manager his unit, administrators nothing."""
    rows = Premises.objects.filter(counting())
    if who.kind in OFFICERS or who.kind == PostKind.GRID_WORKER:
        return rows.filter(within(who.region))
    if who.kind == PostKind.PREMISES_MANAGER:
        return rows.filter(unit_id=who.organisation_id)
    if who.kind == PostKind.CLOCK:
        return rows
    return rows.none()
