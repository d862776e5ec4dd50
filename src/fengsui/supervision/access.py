from django.db.models import QuerySet

from fengsui.platform.regions.models import lying_in
from fengsui.platform.who import OFFICERS, PostKind, Who
from fengsui.platform.worklist.queries import holds
from fengsui.supervision.lifecycle import InspectionState
from fengsui.supervision.models import Hazard, Inspection


def inspections_for(who: Who) -> QuerySet[Inspection]:
    """Officers see their region; a manager the finished visits to his unit; nobody else any."""
    if who.kind in OFFICERS:
        return Inspection.objects.filter(lying_in(who.region))
    if who.kind == PostKind.PREMISES_MANAGER:
        return Inspection.objects.filter(
            premises__unit_id=who.organisation_id, state=InspectionState.CONFIRMED
        )
    if who.kind == PostKind.CLOCK:
        return Inspection.objects.all()
    return Inspection.objects.none()


def hazards_for(who: Who) -> QuerySet[Hazard]:
    """Officers see their region, a manager his unit's own, nobody else any.

    Each tells whether the post was `given` the matter: it holds the task to order or to serve.
    """
    given = {"given": holds(who, ("order", "serve"))}  # by name: the model declares it
    rows = Hazard.objects.annotate(**given)
    if who.kind in OFFICERS:
        return rows.filter(lying_in(who.region))
    if who.kind == PostKind.PREMISES_MANAGER:
        return rows.filter(premises__unit_id=who.organisation_id)
    if who.kind == PostKind.CLOCK:
        return rows
    return rows.none()
