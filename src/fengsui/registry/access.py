from django.db.models import QuerySet

from fengsui.platform.regions.models import lying_in
from fengsui.platform.who import OFFICERS, PostKind, Who
from fengsui.registry.models import Premises


def premises_for(who: Who) -> QuerySet[Premises]:
    """Officers and grid workers see their region, a manager his unit, administrators nothing."""
    if who.kind in OFFICERS or who.kind == PostKind.GRID_WORKER:
        return Premises.objects.filter(lying_in(who.region))
    if who.kind == PostKind.PREMISES_MANAGER:
        return Premises.objects.filter(unit_id=who.organisation_id)
    if who.kind == PostKind.CLOCK:
        return Premises.objects.all()
    return Premises.objects.none()
